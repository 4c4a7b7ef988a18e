#include "sql_words.hpp"

#include "sql/sql_text.hpp"

#include <algorithm>
#include <initializer_list>

namespace azoth::mysql::connector {
namespace {

using std::string_view;

constexpr char lower(char c) noexcept { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }

bool is_one_of(string_view word, std::initializer_list<string_view> words) noexcept {
    return std::ranges::any_of(words, [&](string_view w) { return same_word(word, w); });
}

}  // namespace

bool has_word(string_view sql, string_view word) noexcept {
    return !std::ranges::search(sql, word, [](char a, char b) { return lower(a) == lower(b); }).empty();
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
