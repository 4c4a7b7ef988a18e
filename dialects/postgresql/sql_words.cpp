#include "sql_words.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>

namespace azoth::postgresql {
namespace {

using std::string_view;

constexpr string_view blanks = " \t\r\n\f\v";

bool is_of_word(char c) noexcept {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || static_cast<unsigned char>(c) >= 0x80;
}

char lower(char c) noexcept { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool same_word(string_view word, string_view lower_case) noexcept {
    return std::equal(word.begin(), word.end(), lower_case.begin(), lower_case.end(), [](char a, char b) { return lower(a) == b; });
}

/// Behind a comment in /* and */, which nest.
string_view skip_comment(string_view sql) noexcept {
    int depth = 0;
    for (std::size_t i = 0; i + 1 < sql.size(); ++i) {
        const string_view two = sql.substr(i, 2);
        if (two != "/*" && two != "*/") continue;
        depth += two == "/*" ? 1 : -1;
        if (depth == 0) return sql.substr(i + 2);
        ++i;
    }
    return {};
}

/// What stands behind blanks, comments and opening parentheses.
string_view skip_to_word(string_view sql) noexcept {
    while (!sql.empty()) {
        if (blanks.find(sql.front()) != string_view::npos || sql.front() == '(') sql.remove_prefix(1);
        else if (sql.starts_with("/*")) sql = skip_comment(sql);
        else if (sql.starts_with("--")) sql.remove_prefix(std::min(sql.find('\n'), sql.size()));
        else break;
    }
    return sql;
}

string_view word_at(string_view sql) noexcept {
    return sql.substr(0, static_cast<std::size_t>(std::find_if_not(sql.begin(), sql.end(), is_of_word) - sql.begin()));
}

bool is_one_of(string_view word, std::span<const string_view> words) noexcept {
    return std::any_of(words.begin(), words.end(), [&](string_view w) { return same_word(word, w); });
}

/// Anywhere, in names and texts too.
bool has_word_of(string_view sql, std::span<const string_view> words) noexcept {
    while (!sql.empty()) {
        const string_view word = word_at(sql);
        if (is_one_of(word, words)) return true;
        sql.remove_prefix(std::max<std::size_t>(word.size(), 1));
    }
    return false;
}

}  // namespace

bool is_copy(string_view sql) noexcept { return same_word(word_at(skip_to_word(sql)), "copy"); }

bool only_reads(string_view sql) noexcept {
    static constexpr std::array<string_view, 5> readers{"select", "values", "table", "show", "fetch"};
    static constexpr std::array<string_view, 4> writers{"insert", "update", "delete", "merge"};
    const string_view first = word_at(skip_to_word(sql));
    if (is_one_of(first, readers)) return true;
    return same_word(first, "with") && !has_word_of(sql, writers);
}

}  // namespace azoth::postgresql
