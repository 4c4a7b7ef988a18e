#include "sql_text.hpp"

#include <algorithm>
#include <array>

namespace azoth::mysql {
namespace {

using std::string_view;

constexpr char lower(char c) noexcept { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

void skip_through(string_view& sql, string_view end) noexcept {
    const auto at = sql.find(end);
    sql.remove_prefix(at == string_view::npos ? sql.size() : at + end.size());
}

/// Blanks, comments and opening parentheses. What stands in /*! ... */ is no comment for the server.
void skip_lead(string_view& sql) noexcept {
    while (!sql.empty()) {
        const auto word = sql.find_first_not_of(" \t\r\n\f\v(");
        sql.remove_prefix(std::min(word, sql.size()));
        if (sql.starts_with("/*") && !sql.starts_with("/*!") && !sql.starts_with("/*M!")) skip_through(sql, "*/");
        else if (sql.starts_with('#') || sql.starts_with("-- ") || sql.starts_with("--\n")) skip_through(sql, "\n");
        else return;
    }
}

}  // namespace

string_view verb_of(string_view sql) noexcept {
    skip_lead(sql);
    const auto is_letter = [](char c) { return lower(c) >= 'a' && lower(c) <= 'z'; };
    const auto end = std::ranges::find_if_not(sql, is_letter);
    return sql.substr(0, static_cast<std::size_t>(end - sql.begin()));
}

bool only_reads(string_view sql) noexcept {
    static constexpr std::array<string_view, 8> readers{"select", "with", "values", "table", "show", "explain", "describe", "desc"};
    const string_view verb = verb_of(sql);
    return std::ranges::any_of(readers, [&](string_view r) { return same_word(r, verb); });
}

bool same_word(string_view a, string_view b) noexcept { return std::ranges::equal(a, b, {}, lower, lower); }

std::string upper_case(string_view text) {
    std::string up{text};
    std::ranges::transform(up, up.begin(), [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
    return up;
}

std::string lower_case(string_view text) {
    std::string low{text};
    std::ranges::transform(low, low.begin(), lower);
    return low;
}

}  // namespace azoth::mysql
