#include "sql_tokens.hpp"

#include "sql_text.hpp"

#include <algorithm>

namespace azoth::sqlite {
namespace {

constexpr bool is_decimal_digit(char c) noexcept { return c >= '0' && c <= '9'; }
constexpr bool starts_name(char c) noexcept {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || static_cast<unsigned char>(c) >= 0x80;
}
constexpr bool is_in_name(char c) noexcept { return starts_name(c) || is_decimal_digit(c) || c == '$'; }

/// The length of what starts with a quote; a doubled one does not end it.
std::size_t quoted_length(std::string_view sql) noexcept {
    const char close = sql.front() == '[' ? ']' : sql.front();
    for (std::size_t i = 1; i < sql.size(); ++i) {
        if (sql[i] != close) continue;
        if (close == ']' || i + 1 == sql.size() || sql[i + 1] != close) return i + 1;
        ++i;
    }
    return sql.size();
}

std::size_t name_length(std::string_view sql) noexcept {
    return static_cast<std::size_t>(std::find_if_not(sql.begin(), sql.end(), is_in_name) - sql.begin());
}

/// 12, 1.5e-3, 0x1F
std::size_t numeral_length(std::string_view sql) noexcept {
    const bool is_hex = sql.size() > 1 && sql[0] == '0' && (sql[1] == 'x' || sql[1] == 'X');
    std::size_t i = 1;
    while (i < sql.size()) {
        const bool has_exponent = !is_hex && (sql[i - 1] == 'e' || sql[i - 1] == 'E') && (sql[i] == '+' || sql[i] == '-');
        if (!is_in_name(sql[i]) && sql[i] != '.' && !has_exponent) break;
        ++i;
    }
    return i;
}

token first_token(std::string_view sql) noexcept {
    const char c = sql.front();
    const char next = sql.size() > 1 ? sql[1] : '\0';
    if (c == '\'') return {token_kind::string, sql.substr(0, quoted_length(sql))};
    if (c == '"' || c == '`' || c == '[') return {token_kind::quoted, sql.substr(0, quoted_length(sql))};
    if ((c == 'x' || c == 'X') && next == '\'') return {token_kind::literal, sql.substr(0, 1 + quoted_length(sql.substr(1)))};
    if (is_decimal_digit(c) || (c == '.' && is_decimal_digit(next))) return {token_kind::literal, sql.substr(0, numeral_length(sql))};
    if (starts_name(c)) return {token_kind::word, sql.substr(0, name_length(sql))};
    return {token_kind::sign, sql.substr(0, 1)};
}

}  // namespace

token_reader::token_reader(std::string_view sql) {
    for (sql = skip_blanks(sql); !sql.empty(); sql = skip_blanks(sql)) {
        tokens_.push_back(first_token(sql));
        sql.remove_prefix(tokens_.back().text.size());
    }
}

const token& token_reader::peek(std::size_t ahead) const noexcept {
    static constexpr token nothing{};
    return ahead < tokens_.size() - at_ ? tokens_[at_ + ahead] : nothing;
}

bool token_reader::at(std::string_view word, std::size_t ahead) const noexcept {
    const token& here = peek(ahead);
    return here.kind == token_kind::word && same_word(here.text, word);
}

bool token_reader::at_sign(char sign, std::size_t ahead) const noexcept {
    const token& here = peek(ahead);
    return here.kind == token_kind::sign && here.text.front() == sign;
}

bool token_reader::at_name() const noexcept {
    const token_kind kind = peek().kind;
    return kind == token_kind::word || kind == token_kind::quoted || kind == token_kind::string;
}

bool token_reader::take(std::string_view word) noexcept {
    const bool is_here = at(word);
    at_ += is_here ? 1 : 0;
    return is_here;
}

bool token_reader::take_sign(char sign) noexcept {
    const bool is_here = at_sign(sign);
    at_ += is_here ? 1 : 0;
    return is_here;
}

std::string token_reader::take_name() { return at_name() ? unquoted(tokens_[at_++]) : std::string{}; }

std::string_view token_reader::take_group() noexcept {
    if (!take_sign('(')) return {};
    const std::size_t from = at_;
    for (std::size_t depth = 1; !at_end(); ++at_) {
        depth += at_sign('(') ? 1 : 0;
        if (!at_sign(')') || --depth != 0) continue;
        return slice(from, at_++);
    }
    return slice(from, at_);
}

void token_reader::skip() noexcept {
    if (at_sign('(')) (void)take_group();
    else at_ += at_end() ? 0 : 1;
}

std::string_view token_reader::slice(std::size_t from, std::size_t to) const noexcept {
    to = std::min(to, tokens_.size());
    if (from >= to) return {};
    const char* first = tokens_[from].text.data();
    const std::string_view last = tokens_[to - 1].text;
    return {first, static_cast<std::size_t>(last.data() + last.size() - first)};
}

std::string unquoted(const token& of) {
    if (of.kind != token_kind::quoted && of.kind != token_kind::string) return std::string{of.text};
    const char close = of.text.front() == '[' ? ']' : of.text.front();
    std::string_view inside = of.text.substr(1);
    if (!inside.empty() && inside.back() == close) inside.remove_suffix(1);
    std::string name;
    for (std::size_t i = 0; i < inside.size(); ++i) {
        name += inside[i];
        if (close != ']' && inside[i] == close) ++i;  // it is doubled
    }
    return name;
}

std::string_view bare_sql(std::string_view sql) { return token_reader{sql}.rest(); }

std::string_view without_parentheses(std::string_view sql) {
    for (;;) {
        token_reader in{sql};
        sql = in.rest();
        if (!in.at_sign('(')) return sql;
        const std::string_view inside = in.take_group();
        if (!in.at_end() || inside.empty()) return sql;
        sql = inside;
    }
}

}  // namespace azoth::sqlite
