#include "sql_tokens.hpp"

#include <cctype>

namespace azoth::detail {
namespace {

constexpr std::array<std::string_view, 18> marks{"::", "[",  "]",  "(",  ")", ",", ".", "~~", "=",
                                                 "<>", "!=", "<=", ">=", "<", ">", "+", "-",  "*"};

bool is_letter(char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0 || c == '_' || static_cast<unsigned char>(c) >= 0x80; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

class tokenizer {
public:
    tokenizer(std::string_view family, std::string_view sql) noexcept : sql_{sql}, is_mysql_{family == "mysql"} {}

    /// Nothing where something is met that is no token of plain SQL.
    std::optional<tokens> run() {
        tokens found;
        while (skip_blanks(), at_ < sql_.size()) {
            auto next = one();
            if (!next) return std::nullopt;
            found.push_back(std::move(*next));
        }
        return found;
    }

private:
    void skip_blanks() {
        while (at_ < sql_.size() && std::isspace(static_cast<unsigned char>(sql_[at_])) != 0) ++at_;
    }
    std::optional<token> one() {
        const char c = sql_[at_];
        if (c == '\'') return quoted('\'', token_kind::text);
        if ((c == 'X' || c == 'x') && sql_.substr(at_ + 1, 1) == "'") {
            ++at_;
            return quoted('\'', token_kind::bytes);
        }
        if (c == '"') return quoted('"', is_mysql_ ? token_kind::text : token_kind::name);
        if (c == '`') return quoted('`', token_kind::name);
        if (is_letter(c)) return run_of(token_kind::word, [](char k) { return is_letter(k) || is_digit(k); });
        if (is_digit(c)) return number();
        for (const std::size_t length : {std::size_t{2}, std::size_t{1}}) {
            const std::string_view mark = sql_.substr(at_, length);
            if (mark.size() != length || (!has(marks, mark))) continue;
            at_ += length;
            return token{token_kind::mark, std::string{mark}};
        }
        return std::nullopt;
    }
    token number() {
        token made = run_of(token_kind::number, [](char k) { return is_digit(k) || k == '.'; });
        const std::size_t behind_sign = at_ + (at_ + 1 < sql_.size() && (sql_[at_ + 1] == '-' || sql_[at_ + 1] == '+') ? 2 : 1);
        if (at_ >= sql_.size() || lower(sql_.substr(at_, 1)) != "e" || behind_sign >= sql_.size() || !is_digit(sql_[behind_sign]))
            return made;
        made.text += sql_.substr(at_, behind_sign - at_);
        at_ = behind_sign;
        made.text += run_of(token_kind::number, is_digit).text;
        return made;
    }
    template <class Is>
    token run_of(token_kind kind, Is is) {
        const std::size_t from = at_;
        while (at_ < sql_.size() && is(sql_[at_])) ++at_;
        return {kind, std::string{sql_.substr(from, at_ - from)}};
    }
    std::optional<token> quoted(char quote, token_kind kind) {
        token t{kind, {}};
        for (++at_; at_ < sql_.size(); ++at_) {
            if (sql_[at_] == '\\' && is_mysql_ && kind == token_kind::text) return std::nullopt;  // an escape: rare, and not worth a guess
            if (sql_[at_] == quote && at_ + 1 < sql_.size() && sql_[at_ + 1] == quote) ++at_;
            else if (sql_[at_] == quote) {
                ++at_;
                return t;
            }
            t.text += sql_[at_];
        }
        return std::nullopt;
    }

    std::string_view sql_;
    std::size_t at_{};
    bool is_mysql_;
};

}  // namespace

std::string lower(std::string_view word) {
    std::string text{word};
    std::ranges::transform(text, text.begin(), [](char c) { return static_cast<char>(std::tolower(static_cast<unsigned char>(c))); });
    return text;
}

bool is_mark(const tokens& all, std::size_t i, std::string_view mark) {
    return i < all.size() && all[i].kind == token_kind::mark && all[i].text == mark;
}
bool is_word(const tokens& all, std::size_t i, std::string_view word) {
    return i < all.size() && all[i].kind == token_kind::word && lower(all[i].text) == word;
}

std::optional<tokens> tokens_of(std::string_view family, std::string_view sql) { return tokenizer{family, sql}.run(); }

}  // namespace azoth::detail
