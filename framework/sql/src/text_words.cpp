#include "text_words.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

namespace azoth::detail {
namespace {

/// The words of a piece of SQL, in capitals, one after another.
class word_reader {
public:
    explicit word_reader(std::string_view sql) noexcept : rest_{sql} {}

    /// Empty at the end.
    std::string next() {
        while (!rest_.empty() && !is_letter(rest_.front())) skip();
        std::string word;
        while (!rest_.empty() && (is_letter(rest_.front()) || is_digit(rest_.front()))) {
            const char c = rest_.front();
            word += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
            rest_.remove_prefix(1);
        }
        return word;
    }
    [[nodiscard]] bool assigns() const noexcept { return assigns_; }

private:
    static bool is_letter(char c) noexcept { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
    static bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }
    void skip() {
        const char c = rest_.front();
        if (c == '\'' || c == '"' || c == '`') return skip_to({&c, 1}, 1);
        if (rest_.starts_with("--")) return skip_to("\n", 2);
        if (rest_.starts_with("/*") && !rest_.starts_with("/*!")) return skip_to("*/", 2);  // MySQL runs what is in /*! */
        assigns_ = assigns_ || c == '=';
        rest_.remove_prefix(1);
    }
    void skip_to(std::string_view end, std::size_t from) {
        const auto at = rest_.find(end, from);
        rest_.remove_prefix(at == std::string_view::npos ? rest_.size() : at + end.size());
    }

    std::string_view rest_;
    bool assigns_{};
};

template <std::size_t N>
bool is_among(const std::array<std::string_view, N>& words, std::string_view word) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

constexpr std::array<std::string_view, 10> reading{"SELECT", "VALUES",   "TABLE", "WITH", "EXPLAIN",
                                                   "SHOW",   "DESCRIBE", "DESC",  "SET",  "PRAGMA"};
constexpr std::array<std::string_view, 7> writing{"INSERT", "DELETE", "MERGE", "INTO", "TRUNCATE", "DROP", "ALTER"};
/// Before UPDATE: a row lock or a foreign key's action.
constexpr std::array<std::string_view, 3> harmless{"FOR", "KEY", "ON"};

}  // namespace

bool may_write(const text_node& text, bool is_statement) {
    std::string sql;
    for (const auto& piece : text.pieces) sql += piece + " ? ";
    word_reader words{sql};
    std::string word = words.next();
    const bool is_pragma = word == "PRAGMA";
    if (is_statement && !is_among(reading, word)) return true;
    for (std::string before; !word.empty(); before = std::move(word), word = words.next())
        if (is_among(writing, word) || (word == "UPDATE" && !is_among(harmless, before))) return true;
    return is_statement && is_pragma && words.assigns();
}

}  // namespace azoth::detail
