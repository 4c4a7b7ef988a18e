#include "sql_text.hpp"

#include <algorithm>

namespace azoth::sqlite {
namespace {

constexpr bool is_word_char(char c) noexcept {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || static_cast<unsigned char>(c) >= 0x80;
}
constexpr char lower_case(char c) noexcept { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }

std::string_view after(std::string_view text, std::size_t from, std::string_view end) noexcept {
    const auto at = text.find(end, from);
    return at == std::string_view::npos ? std::string_view{} : text.substr(at + end.size());
}

/// Past a string or a quoted name; a doubled quote is two of them in a row, which comes to the same.
std::string_view skip_quoted(std::string_view sql) noexcept {
    const char close = sql.front() == '[' ? ']' : sql.front();
    return after(sql, 1, {&close, 1});
}

std::string_view take_word(std::string_view sql) noexcept {
    const auto end = std::find_if_not(sql.begin(), sql.end(), is_word_char);
    return sql.substr(0, static_cast<std::size_t>(end - sql.begin()));
}

bool is_verb(std::string_view word) noexcept {
    for (const std::string_view verb : {"insert", "replace", "update", "delete", "select", "values"})
        if (same_word(word, verb)) return true;
    return false;
}

}  // namespace

bool same_word(std::string_view a, std::string_view b) noexcept {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) { return lower_case(x) == lower_case(y); });
}

std::string_view skip_blanks(std::string_view sql, bool semicolons) noexcept {
    while (!sql.empty()) {
        const char c = sql.front();
        if (c == ' ' || (c >= '\t' && c <= '\r') || (semicolons && c == ';')) sql.remove_prefix(1);
        else if (sql.starts_with("--")) sql = after(sql, 2, "\n");
        else if (sql.starts_with("/*")) sql = after(sql, 2, "*/");
        else break;
    }
    return sql;
}

std::string_view verb_of(std::string_view sql) noexcept {
    sql = skip_blanks(sql, true);
    const auto first = take_word(sql);
    if (!same_word(first, "with")) return first;
    int depth = 0;
    for (sql = skip_blanks(sql.substr(first.size())); !sql.empty(); sql = skip_blanks(sql)) {
        const char c = sql.front();
        if (c == '\'' || c == '"' || c == '`' || c == '[') {
            sql = skip_quoted(sql);
        } else if (is_word_char(c)) {
            const auto word = take_word(sql);
            if (depth == 0 && is_verb(word)) return word;
            sql.remove_prefix(word.size());
        } else {
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            sql.remove_prefix(1);
        }
    }
    return {};
}

}  // namespace azoth::sqlite
