#include "native_text.hpp"

#include "catalogue_rows.hpp"
#include "sql_text.hpp"

#include <algorithm>

namespace azoth::mysql {
namespace {

using std::string_view;
using token_kinds = sql_token::kinds;

constexpr bool is_word_character(char c) noexcept {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '$' || (c & '\x80') != 0;
}

constexpr char unescaped(char c) noexcept {
    switch (c) {
        case '0': return '\0';
        case 'n': return '\n';
        case 'r': return '\r';
        case 't': return '\t';
        case 'b': return '\b';
        case 'Z': return '\x1a';
        default: return c;
    }
}

/// The length of what stands in quotes at the start, both quotes included; its content goes to `value`.
std::size_t quoted_length(string_view sql, std::string& value, bool escapes) {
    const char quote = sql.front();
    std::size_t i = 1;
    for (; i < sql.size(); ++i) {
        if (escapes && quote == '\'' && sql[i] == '\\' && i + 1 < sql.size()) value += unescaped(sql[++i]);
        else if (sql[i] != quote) value += sql[i];
        else if (i + 1 < sql.size() && sql[i + 1] == quote) value += sql[++i];
        else return i + 1;
    }
    return i;
}

sql_token first_token(string_view sql, bool escapes) {
    const char c = sql.front();
    sql_token t;
    std::size_t length = 1;
    if (c == '\'' || c == '`' || c == '"') {
        t.kind = c == '\'' ? token_kinds::text : token_kinds::name;
        length = quoted_length(sql, t.value, escapes);
    } else if (is_word_character(c)) {
        t.kind = token_kinds::word;
        length = static_cast<std::size_t>(std::ranges::find_if_not(sql, is_word_character) - sql.begin());
    } else {
        t.kind = c == ' ' || c == '\n' || c == '\t' || c == '\r' ? token_kinds::blank : token_kinds::sign;
    }
    t.raw = sql.substr(0, length);
    return t;
}

std::string literal_of(const std::string& text) {
    std::string literal{'\''};
    for (const char c : text) literal.append(c == '\'' ? 2 : 1, c);
    return literal + '\'';
}

/// Whether the token is the schema's name before a name in it.
bool is_qualifier(const std::vector<sql_token>& all, std::size_t i, string_view schema) {
    return all[i].is_name(schema) && i + 2 < all.size() && all[i + 1].is_sign('.') && all[i + 2].kind == token_kinds::name &&
           (i == 0 || !all[i - 1].is_sign('.'));
}

/// Whether something else goes by the schema's name too, such as an alias.
bool is_ambiguous(const std::vector<sql_token>& all, string_view schema) {
    for (std::size_t i = 0; i < all.size(); ++i)
        if (all[i].is_name(schema) && !is_qualifier(all, i, schema) && (i == 0 || !all[i - 1].is_sign('.'))) return true;
    return false;
}

/// What counts in a check: without blanks, character sets before texts, and parentheses around all of it.
std::vector<sql_token> gist_of(string_view sql) {
    std::vector<sql_token> all = tokens_of(sql, backslashes::are_plain);
    std::erase_if(
        all, [](const sql_token& t) { return t.kind == token_kinds::blank || (t.kind == token_kinds::word && t.raw.starts_with('_')); });
    while (all.size() > 2 && all.front().is_sign('(') && all.back().is_sign(')')) {
        all.erase(all.begin());
        all.pop_back();
    }
    return all;
}

}  // namespace

bool sql_token::is_word(string_view w) const noexcept { return kind == token_kinds::word && same_word(raw, w); }

std::vector<sql_token> tokens_of(string_view sql, backslashes in_texts) {
    std::vector<sql_token> all;
    while (!sql.empty()) {
        all.push_back(first_token(sql, in_texts == backslashes::escape));
        sql.remove_prefix(all.back().raw.size());
    }
    return all;
}

std::string with_our_quotes(string_view sql) {
    std::string written;
    for (const auto& t : tokens_of(sql)) {
        if (t.kind == token_kinds::text) written += literal_of(t.value);
        else if (t.kind == token_kinds::name) written += quoted_name(t.value);
        else written += t.raw;
    }
    return written;
}

std::string without_schema(string_view sql, string_view schema) {
    const std::vector<sql_token> all = tokens_of(sql, backslashes::are_plain);
    if (is_ambiguous(all, schema)) return std::string{sql};
    std::string written;
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (is_qualifier(all, i, schema)) i += 2;
        written += all[i].raw;
    }
    return written;
}

std::vector<std::string> names_read(string_view sql, string_view schema, const std::vector<std::string>& names) {
    const std::vector<sql_token> all = tokens_of(sql, backslashes::are_plain);
    std::vector<std::string> read;
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (!is_qualifier(all, i, schema)) continue;
        const std::string& name = all[i + 2].value;
        if (std::ranges::find(names, name) != names.end() && std::ranges::find(read, name) == read.end()) read.push_back(name);
    }
    return read;
}

std::string unescaped_once(string_view sql) {
    std::string plain;
    for (std::size_t i = 0; i < sql.size(); ++i) {
        if (sql[i] == '\\' && i + 1 < sql.size()) plain += unescaped(sql[++i]);
        else plain += sql[i];
    }
    return plain;
}

std::optional<std::vector<std::string>> labels_in_check(string_view sql, string_view column) {
    const std::vector<sql_token> all = gist_of(sql);
    if (all.size() < 3 || !all[0].is_name(column)) return std::nullopt;
    if (all.size() == 3 && all[1].is_sign('=') && all[2].kind == token_kinds::text) return std::vector{all[2].value};  // of one label
    if (all.size() < 5 || all.size() % 2 == 0 || !all[1].is_word("in") || !all[2].is_sign('(') || !all.back().is_sign(')'))
        return std::nullopt;
    std::vector<std::string> labels;
    for (std::size_t i = 3; i < all.size(); i += 2) {
        if (all[i].kind != token_kinds::text || !all[i + 1].is_sign(i + 2 == all.size() ? ')' : ',')) return std::nullopt;
        labels.push_back(all[i].value);
    }
    return labels;
}

bool is_json_check(string_view sql, string_view column) {
    const std::vector<sql_token> all = gist_of(sql);
    return all.size() == 4 && all[0].is_word("json_valid") && all[1].is_sign('(') && all[2].is_name(column) && all[3].is_sign(')');
}

}  // namespace azoth::mysql
