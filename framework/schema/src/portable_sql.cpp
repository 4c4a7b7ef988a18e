#include "portable_sql.hpp"

#include <azoth/schema/column_defaults.hpp>
#include <azoth/sql/nodes/statement.hpp>

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>
#include <string>
#include <vector>

namespace azoth::detail {
namespace {

enum class token_kind : unsigned char { word, number, text, name, mark };

struct token {
    token_kind kind;
    std::string text;  ///< of a name or a text: unquoted
};
using tokens = std::vector<token>;

// What means the same everywhere. Functions are those of which all databases take the same arguments and give the same results.
constexpr std::array<std::string_view, 17> keywords{"and",         "or",    "not",  "is",   "null", "in",   "between", "like",
                                                    "true",        "false", "case", "when", "then", "else", "end",     "current_timestamp",
                                                    "current_date"};
constexpr std::array<std::string_view, 8> functions{"lower", "upper", "abs", "coalesce", "nullif", "trim", "ltrim", "rtrim"};
constexpr std::array<std::string_view, 13> marks{"(", ")", ",", "=", "<>", "!=", "<=", ">=", "<", ">", "+", "-", "*"};

bool is_letter(char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0 || c == '_' || static_cast<unsigned char>(c) >= 0x80; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::string lower(std::string_view word) {
    std::string text{word};
    std::ranges::transform(text, text.begin(), [](char c) { return static_cast<char>(std::tolower(static_cast<unsigned char>(c))); });
    return text;
}

template <std::size_t N>
bool has(const std::array<std::string_view, N>& words, std::string_view word) {
    return std::ranges::find(words, word) != words.end();
}

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
        if (c == '"') return quoted('"', is_mysql_ ? token_kind::text : token_kind::name);
        if (c == '`') return quoted('`', token_kind::name);
        if (is_letter(c)) return run_of(token_kind::word, [](char k) { return is_letter(k) || is_digit(k); });
        if (is_digit(c)) return run_of(token_kind::number, [](char k) { return is_digit(k) || k == '.'; });
        for (const std::size_t length : {std::size_t{2}, std::size_t{1}}) {
            const std::string_view mark = sql_.substr(at_, length);
            if (mark.size() != length || (mark != "::" && mark != "[" && mark != "]" && !has(marks, mark))) continue;
            at_ += length;
            return token{token_kind::mark, std::string{mark}};
        }
        return std::nullopt;
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

bool is_mark(const tokens& all, std::size_t i, std::string_view mark) {
    return i < all.size() && all[i].kind == token_kind::mark && all[i].text == mark;
}
bool is_word(const tokens& all, std::size_t i, std::string_view word) {
    return i < all.size() && all[i].kind == token_kind::word && lower(all[i].text) == word;
}

/// Behind "::character varying(20)[]".
std::size_t behind_cast(const tokens& all, std::size_t i) {
    ++i;
    while (i < all.size() && (all[i].kind == token_kind::name || all[i].kind == token_kind::word) && !has(keywords, lower(all[i].text)))
        ++i;
    if (is_mark(all, i, "(") && i + 1 < all.size() && all[i + 1].kind == token_kind::number) {
        while (i < all.size() && !is_mark(all, i, ")")) ++i;
        ++i;
    }
    while (is_mark(all, i, "[") && is_mark(all, i + 1, "]")) i += 2;
    return i;
}

tokens without_casts(const tokens& all) {
    tokens kept;
    for (std::size_t i = 0; i < all.size();) {
        if (is_mark(all, i, "::")) i = behind_cast(all, i);
        else kept.push_back(all[i++]);
    }
    return kept;
}

/// x = ANY (ARRAY[a, b]) as x IN (a, b), with whatever parentheses PostgreSQL has put around the array.
tokens with_lists(const tokens& all) {
    tokens made;
    for (std::size_t i = 0; i < all.size();) {
        std::size_t at = i + 2;
        std::size_t open = 0;
        while (is_mark(all, i, "=") && is_word(all, i + 1, "any") && is_mark(all, at, "(")) ++at, ++open;
        if (open == 0 || !is_word(all, at, "array") || !is_mark(all, at + 1, "[")) {
            made.push_back(all[i++]);
            continue;
        }
        made.push_back({token_kind::word, "IN"});
        made.push_back({token_kind::mark, "("});
        for (i = at + 2; i < all.size() && !is_mark(all, i, "]"); ++i) made.push_back(all[i]);
        made.push_back({token_kind::mark, ")"});
        i += 1 + open;
    }
    return made;
}

class builder {
public:
    node_ptr run(const tokens& all) {
        text_->pieces.emplace_back();
        for (std::size_t i = 0; i < all.size(); ++i)
            if (!add(all, i)) return {};
        return text_;
    }

private:
    bool add(const tokens& all, std::size_t i) {
        const token& t = all[i];
        std::string& piece = text_->pieces.back();
        if (!piece.empty() || text_->binds.empty() == false) {
            const bool joined = t.text == ")" || t.text == "," ||
                                (t.text == "(" && i > 0 && all[i - 1].kind == token_kind::word && has(functions, lower(all[i - 1].text)));
            if (!joined && !is_mark(all, i - 1, "(")) piece += ' ';
        }
        switch (t.kind) {
            case token_kind::number: piece += t.text; return true;
            case token_kind::mark: piece += t.text == "!=" ? "<>" : t.text; return t.text != "::" && t.text != "[" && t.text != "]";
            case token_kind::text: put(make_node<bind_node>(value{std::string_view{t.text}}, type{type_kind::text})); return true;
            case token_kind::name: put(make_node<const own_column_node>(t.text, type{})); return true;
            case token_kind::word: break;
        }
        const std::string word = lower(t.text);
        const bool is_called = is_mark(all, i + 1, "(");
        if (has(keywords, word)) piece += t.text;
        else if (is_called && has(functions, word)) piece += word;
        else if (is_called) return false;
        else put(make_node<const own_column_node>(t.text, type{}));
        return true;
    }
    void put(node_ptr bind) {
        text_->binds.push_back(std::move(bind));
        text_->pieces.emplace_back();
    }

    node_handle<text_node> text_{make_node<text_node>()};
};

/// How tightly what a token joins is bound; the tightest is 0, of what joins nothing.
int looseness(const token& t) {
    if (t.kind == token_kind::mark) {
        if (t.text == "*") return 1;
        if (t.text == "+" || t.text == "-") return 2;
        if (t.text == "(" || t.text == ")" || t.text == ",") return 0;
        return 3;
    }
    if (t.kind != token_kind::word) return 0;
    const std::string word = lower(t.text);
    if (word == "is" || word == "in" || word == "like" || word == "between") return 3;
    if (word == "not") return 4;
    if (word == "and") return 5;
    if (word == "or") return 6;
    return 0;
}

std::size_t closing(const tokens& all, std::size_t open) {
    int depth = 0;
    for (std::size_t i = open; i < all.size(); ++i) {
        if (is_mark(all, i, "(")) ++depth;
        if (is_mark(all, i, ")") && --depth == 0) return i;
    }
    return all.size();
}

/// Whether the parentheses from `open` to `close` are a list's or a call's.
bool is_list(const tokens& all, std::size_t open, std::size_t close) {
    if (open > 0 && all[open - 1].kind == token_kind::word && looseness(all[open - 1]) != 5 && looseness(all[open - 1]) != 6 &&
        looseness(all[open - 1]) != 4)
        return !has(keywords, lower(all[open - 1].text)) || lower(all[open - 1].text) == "in";
    for (std::size_t i = open + 1; i < close; ++i) {
        if (is_mark(all, i, "(")) i = closing(all, i);
        else if (is_mark(all, i, ",")) return true;
    }
    return false;
}

bool is_needless(const tokens& all, std::size_t open, std::size_t close) {
    if (close >= all.size() || is_list(all, open, close)) return false;
    int inside = 0;
    for (std::size_t i = open + 1; i < close; ++i) {
        if (is_mark(all, i, "(")) i = closing(all, i);
        else inside = std::max(inside, looseness(all[i]));
    }
    const auto outside = [&](bool is_there, std::size_t at) {
        const int by = is_there ? looseness(all[at]) : 0;
        return by == 0 ? 9 : by;
    };
    return inside == 0 || (inside < outside(open > 0, open - 1) && inside < outside(close + 1 < all.size(), close + 1));
}

tokens without_parentheses(tokens all) {
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (!is_mark(all, i, "(")) continue;
        const std::size_t close = closing(all, i);
        if (!is_needless(all, i, close)) continue;
        all.erase(all.begin() + static_cast<std::ptrdiff_t>(close));
        all.erase(all.begin() + static_cast<std::ptrdiff_t>(i));
        i = static_cast<std::size_t>(-1);  // one pair may have been all that another needed
    }
    return all;
}

}  // namespace

std::string canonical_sql(std::string_view family, std::string_view sql) {
    const auto found = tokenizer{family, sql}.run();
    if (!found) return std::string{sql};
    std::string text;
    for (const auto& t : without_parentheses(with_lists(without_casts(*found)))) {
        if (!text.empty()) text += ' ';
        if (t.kind == token_kind::text) text += '\'' + t.text + '\'';
        else if (t.kind == token_kind::name) text += t.text;
        else text += t.text == "!=" ? "<>" : lower(t.text);
    }
    return text;
}

node_ptr portable_sql(std::string_view family, std::string_view sql) {
    const auto found = tokenizer{family, sql}.run();
    if (!found) return {};
    return builder{}.run(with_lists(without_casts(*found)));
}

}  // namespace azoth::detail
