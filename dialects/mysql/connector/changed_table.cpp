#include "changed_table.hpp"

#include "sql_words.hpp"

#include "sql/sql_text.hpp"

#include <algorithm>
#include <initializer_list>

namespace azoth::mysql::connector {
namespace {

using std::string_view;

/// Words, names and brackets of the beginning of an INSERT.
class scanner {
public:
    explicit scanner(string_view sql) noexcept : rest_{sql} {}

    /// The next word, if it is one of these.
    bool take(std::initializer_list<string_view> words) {
        skip();
        const auto end = std::ranges::find_if_not(rest_, [](char c) { return c == '_' || ((c | ' ') >= 'a' && (c | ' ') <= 'z'); });
        const string_view word = rest_.substr(0, static_cast<std::size_t>(end - rest_.begin()));
        if (std::ranges::none_of(words, [&](string_view w) { return same_word(word, w); })) return false;
        rest_.remove_prefix(word.size());
        return true;
    }
    bool take(char c) {
        skip();
        if (!rest_.starts_with(c)) return false;
        rest_.remove_prefix(1);
        return true;
    }
    /// A name, quoted or not, as it is written.
    string_view name() {
        skip();
        if (rest_.empty()) return {};
        const char quote = rest_.front();
        const std::size_t end = quote == '"' || quote == '`' ? quoted_end(quote) : rest_.find_first_of(" \t\r\n.,;()");
        const string_view found = rest_.substr(0, end);
        rest_.remove_prefix(found.size());
        return found;
    }

    /// A table's name, with its schema's.
    std::string table() {
        std::string found{name()};
        if (take('.')) found.append(1, '.').append(name());
        return found;
    }

private:
    void skip() noexcept {
        const auto at = rest_.find_first_not_of(" \t\r\n");
        rest_.remove_prefix(std::min(at, rest_.size()));
    }
    [[nodiscard]] std::size_t quoted_end(char quote) const noexcept {
        for (std::size_t at = 1; at < rest_.size(); ++at) {
            if (rest_[at] != quote) continue;
            if (at + 1 >= rest_.size() || rest_[at + 1] != quote) return at + 1;
            ++at;
        }
        return rest_.size();
    }

    string_view rest_;
};

std::string unquoted(string_view name) {
    if (name.empty() || (name.front() != '"' && name.front() != '`')) return std::string{name};
    std::string out;
    for (std::size_t i = 1; i + 1 < name.size(); ++i) {
        out += name[i];
        if (name[i] == name.front()) ++i;
    }
    return out;
}

bool read_columns_of(scanner& in, insert_shape& to) {
    if (!in.take('(')) return true;
    to.names_columns = true;
    if (in.take(')')) return true;
    do {
        const string_view name = in.name();
        if (name.empty()) return false;
        to.columns.push_back(unquoted(name));
    } while (in.take(','));
    return in.take(')');
}

/// The table of an INSERT, REPLACE or DELETE.
std::string table_of(string_view sql) {
    if (const auto shape = read_insert(sql)) return shape->table;
    scanner in{sql};
    if (!in.take({"delete"})) return {};
    while (in.take({"low_priority", "quick", "ignore"})) {}
    return in.take({"from"}) ? in.table() : std::string{};
}

/// What follows the last word RETURNING, outside of names.
string_view returned_list(string_view sql) {
    constexpr string_view word = "returning";
    for (std::size_t at = sql.size(); at >= word.size(); --at) {
        const std::size_t from = at - word.size();
        const bool stands_alone = from > 0 && at < sql.size() && string_view{" \t\r\n)"}.find(sql[from - 1]) != string_view::npos &&
                                  string_view{" \t\r\n"}.find(sql[at]) != string_view::npos;
        if (stands_alone && same_word(sql.substr(from, word.size()), word)) return sql.substr(at);
    }
    return {};
}

}  // namespace

std::optional<insert_shape> read_insert(string_view sql) {
    scanner in{sql};
    insert_shape shape;
    if (!in.take({"insert", "replace"})) return std::nullopt;
    while (in.take({"low_priority", "high_priority", "delayed", "ignore"})) {}
    (void)in.take({"into"});
    shape.table = in.table();
    if (shape.table.empty() || !read_columns_of(in, shape)) return std::nullopt;
    shape.may_update = has_word(sql, "duplicate") || has_word(sql, "ignore");
    return shape;
}

std::optional<std::string> select_of_returning(string_view sql) {
    const string_view list = returned_list(sql);
    if (list.empty()) return std::nullopt;
    const std::string table = table_of(sql);
    if (table.empty()) return std::nullopt;
    return "SELECT" + std::string{list} + " FROM " + table + " WHERE FALSE";
}

}  // namespace azoth::mysql::connector
