#include "sql_words.hpp"

#include "sql/sql_text.hpp"

#include <algorithm>
#include <initializer_list>

namespace azoth::mysql::connector {
namespace {

using std::string_view;

constexpr bool is_word_character(char c) noexcept {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '$' || c < 0;
}

/// How long the text, name or comment is that stands here; 0: none does. A quote that is doubled begins the next piece of the same text.
std::size_t no_words(string_view sql) noexcept {
    const auto through = [&](string_view end, std::size_t from) {
        const auto at = sql.find(end, from);
        return at == string_view::npos ? sql.size() : at + end.size();
    };
    const char first = sql.front();
    if (first == '\'' || first == '"' || first == '`') return through(sql.substr(0, 1), 1);
    if (first == '#' || sql.starts_with("-- ") || sql.starts_with("--\n")) return through("\n", 0);
    if (sql.starts_with("/*") && !sql.starts_with("/*!") && !sql.starts_with("/*M!")) return through("*/", 2);
    return 0;
}

bool is_one_of(string_view word, std::initializer_list<string_view> words) noexcept {
    return std::ranges::any_of(words, [&](string_view w) { return same_word(word, w); });
}

}  // namespace

bool has_word(string_view sql, string_view word) noexcept {
    for (string_view rest = sql; !rest.empty();) {
        if (const std::size_t other = no_words(rest)) {
            rest.remove_prefix(other);
            continue;
        }
        const auto end = std::ranges::find_if_not(rest, is_word_character);
        const auto length = static_cast<std::size_t>(end - rest.begin());
        if (same_word(rest.substr(0, length), word)) return true;
        rest.remove_prefix(std::max<std::size_t>(length, 1));
    }
    return false;
}

statement_traits traits_of(string_view sql) noexcept {
    const string_view verb = verb_of(sql);
    const bool reads = only_reads(sql);
    const bool inserts = is_one_of(verb, {"insert", "replace"});
    effects effect = effects::later;
    if (reads || inserts || is_one_of(verb, {"update", "delete"})) effect = effects::none;
    else if (is_one_of(verb,
                       {"create", "alter", "drop", "truncate", "rename", "begin", "start", "commit", "rollback", "savepoint", "release"}))
        effect = effects::now;
    return {reads, inserts, effect};
}

bool may_return_values(string_view sql) noexcept {
    const string_view verb = verb_of(sql);
    if (is_one_of(verb, {"select", "with", "values", "table"})) return true;
    return is_one_of(verb, {"insert", "replace", "delete", "update"}) && has_word(sql, "returning");
}

}  // namespace azoth::mysql::connector
