#include "sql_tokens.hpp"

#include <cctype>
#include <cstdint>

namespace azoth::detail {
namespace {

// The longer before the shorter.
constexpr std::array<std::string_view, 27> marks{"!~~*", "~~*", "!~~", "::", "~~", "<>", "!=", "<=", ">=", "||", "==", "<", ">", "=",
                                                 "[",    "]",   "(",   ")",  ",",  ".",  "+",  "-",  "*",  "/",  "%",  ":", ";"};
constexpr std::string_view operator_signs = "+-*/<>=~!@#%^&|?";
constexpr std::array<std::string_view, 40> words_of_sql{"and",    "or",    "not",   "is",    "null",   "in",      "between",      "like",
                                                        "true",   "false", "case",  "when",  "then",   "else",    "end",          "cast",
                                                        "as",     "any",   "all",   "array", "escape", "collate", "current_date", "on",
                                                        "select", "from",  "where", "group", "order",  "by",      "limit",        "having",
                                                        "union",  "using", "join",  "left",  "offset", "with",    "distinct",     "exists"};

bool is_letter(char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0 || c == '_' || static_cast<unsigned char>(c) >= 0x80; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// The number that up to 64 bits are.
std::optional<token> number_of_bits(std::string_view bits) {
    if (bits.empty() || bits.size() > 64 || bits.find_first_not_of("01") != std::string_view::npos) return std::nullopt;
    std::uint64_t number = 0;
    for (const char bit : bits) number = number * 2 + (bit == '1' ? 1 : 0);
    return token{token_kind::number, std::to_string(number)};
}

class tokenizer {
public:
    tokenizer(std::string_view family, std::string_view sql) noexcept
        : sql_{sql}, is_mysql_{family == "mysql"}, is_sqlite_{family == "sqlite"}, is_postgresql_{family == "postgresql"} {}

    std::optional<sql_token_list> run() {
        sql_token_list found;
        while (skip_blanks(), at_ < sql_.size()) {
            auto next = one();
            if (!next) return std::nullopt;
            found.push_back(std::move(*next));
        }
        return found;
    }

private:
    [[nodiscard]] char sign(std::size_t ahead) const { return at_ + ahead < sql_.size() ? sql_[at_ + ahead] : '\0'; }
    void skip_blanks() {
        while (at_ < sql_.size() && std::isspace(static_cast<unsigned char>(sql_[at_])) != 0) ++at_;
    }
    std::optional<token> one() {
        const char c = sign(0);
        if (c == '\'') return quoted('\'', token_kind::text);
        if (sign(1) == '\'' && (c == 'X' || c == 'x')) return bytes();
        if (sign(1) == '\'' && is_mysql_ && (c == 'B' || c == 'b')) return bits();
        if (c == '"') return quoted('"', is_mysql_ ? token_kind::text : token_kind::name);
        if (c == '`') return quoted('`', token_kind::name);
        if (c == '[' && is_sqlite_) return quoted(']', token_kind::name);
        if (is_letter(c)) return word();
        if (is_digit(c) || (c == '.' && is_digit(sign(1)))) return number();
        return mark();
    }
    std::optional<token> word() {
        token made = run_of(token_kind::word, [](char k) { return is_letter(k) || is_digit(k) || k == '$'; });
        // _utf8mb4'x' is the text in a character set, which is all that goes through a connection; E'x' has escapes, N'x' ...
        if (sign(0) != '\'') return made;
        if (is_mysql_ && (lower(made.text) == "_utf8mb4" || lower(made.text) == "_utf8mb3" || lower(made.text) == "_utf8"))
            return quoted('\'', token_kind::text);
        if (has(std::array<std::string_view, 6>{"e", "n", "b", "u", "q", "rb"}, lower(made.text))) return std::nullopt;
        return made;
    }
    std::optional<token> mark() {
        for (const std::string_view m : marks) {
            if (sql_.substr(at_, m.size()) != m) continue;
            at_ += m.size();
            // What follows makes it a comment or another operator, unless it is the sign of a number.
            const bool is_operator = operator_signs.find(m.back()) != std::string_view::npos;
            const bool goes_on = is_operator && at_ < sql_.size() && operator_signs.find(sql_[at_]) != std::string_view::npos;
            const bool is_sign = sign(0) == '-' && m != "-";
            if (goes_on && !is_sign) return std::nullopt;
            return token{token_kind::mark, std::string{m}};
        }
        return std::nullopt;
    }
    std::optional<token> bytes() {
        ++at_;
        auto made = quoted('\'', token_kind::bytes);
        if (is_postgresql_ || !made || !is_hexadecimal(made->text)) return std::nullopt;
        made->text = lower(made->text);
        return made;
    }
    std::optional<token> bits() {
        ++at_;
        const auto made = quoted('\'', token_kind::text);
        return made ? number_of_bits(made->text) : std::nullopt;
    }
    std::optional<token> number() {
        token made = run_of(token_kind::number, [](char k) { return is_digit(k) || k == '.'; });
        if (lower(sql_.substr(at_, 1)) == "e") {
            const std::size_t signs = sign(1) == '-' || sign(1) == '+' ? 2 : 1;
            if (!is_digit(sign(signs))) return std::nullopt;
            made.text += sql_.substr(at_, signs);
            at_ += signs;
            made.text += run_of(token_kind::number, is_digit).text;
        }
        const bool has_points = std::ranges::count(made.text, '.') > 1;
        if (has_points || is_letter(sign(0))) return std::nullopt;  // 0x41 is a number here, bytes there
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
            if (sql_[at_] == quote && sign(1) == quote && quote != ']') ++at_;
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
    bool is_sqlite_;
    bool is_postgresql_;  ///< whose X'1f' is bits
};

std::string doubled(std::string_view text, char quote) {
    std::string made{quote};
    for (const char c : text) {
        if (c == quote) made += quote;
        made += c;
    }
    return made + quote;
}

}  // namespace

std::string lower(std::string_view word) {
    std::string text{word};
    std::ranges::transform(text, text.begin(), lower_letter);
    return text;
}

bool is_hexadecimal(std::string_view digits) {
    return digits.size() % 2 == 0 && digits.find_first_not_of("0123456789abcdefABCDEF") == std::string_view::npos;
}

bool folds_names(std::string_view family) { return family == "mysql" || family == "sqlite"; }

std::optional<sql_token_list> tokens_of(std::string_view family, std::string_view sql) { return tokenizer{family, sql}.run(); }

std::string shown_name(std::string_view name) {
    const auto is_small = [](char c) { return c == '_' || (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80; };
    const bool is_bare = !name.empty() && is_small(name.front()) &&
                         std::ranges::all_of(name, [&](char c) { return is_small(c) || is_digit(c); }) && !has(words_of_sql, name);
    return is_bare ? std::string{name} : doubled(name, '"');
}

std::string shown_text(std::string_view text) { return doubled(text, '\''); }

std::string spelled(std::string_view family, const sql_token_list& all) {
    std::string made;
    for (const auto& t : all) {
        if (!made.empty()) made += ' ';
        switch (t.kind) {
            case token_kind::text: made += shown_text(t.text); break;
            case token_kind::bytes: made += "x'" + t.text + '\''; break;
            case token_kind::name: made += shown_name(folds_names(family) ? lower(t.text) : t.text); break;
            case token_kind::mark: made += t.text == "!=" ? "<>" : t.text; break;
            default: made += lower(t.text);
        }
    }
    return made;
}

}  // namespace azoth::detail
