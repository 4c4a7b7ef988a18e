// What SQL compares: numbers, texts, columns, calls, casts and what is computed of them.
#include "sql_parser.hpp"

namespace azoth::detail {
namespace {

using kinds = tree_kind;

constexpr std::array<std::string_view, 31> no_columns{"and",     "or",     "not",   "is",     "null",     "in",       "between",  "like",
                                                      "case",    "when",   "then",  "else",   "end",      "cast",     "as",       "escape",
                                                      "collate", "any",    "all",   "array",  "from",     "for",      "over",     "some",
                                                      "with",    "select", "where", "exists", "distinct", "interval", "symmetric"};

/// Databases disagree on whether || binds tighter than + and *.
bool is_bare_arithmetic(const sql_tree& t) { return t.kind == kinds::computed && t.text != "||" && !t.has_brackets; }

}  // namespace

sql_parser::parsed sql_parser::operand() {
    auto made = sum();
    while (made && is_mark("||")) {
        if (family_ == "mysql" || ++joined_ > most_joined_sql) return std::nullopt;  // there: OR, or texts joined, as the session says
        ++at_;
        auto right = sum();
        if (!right || is_bare_arithmetic(*made) || is_bare_arithmetic(*right)) return std::nullopt;
        made = made_of(kinds::computed, "||", std::move(*made), std::move(*right));
    }
    return made;
}

sql_parser::parsed sql_parser::sum() { return left_to_right(std::array<std::string_view, 2>{"+", "-"}, &sql_parser::product); }
sql_parser::parsed sql_parser::product() { return left_to_right(std::array<std::string_view, 3>{"*", "/", "%"}, &sql_parser::signed_one); }

template <std::size_t N>
sql_parser::parsed sql_parser::left_to_right(const std::array<std::string_view, N>& operators, parsed (sql_parser::*next)()) {
    auto made = (this->*next)();
    while (made) {
        std::string op = take_one_of(token_kind::mark, operators);
        if (op.empty()) break;
        if (++joined_ > most_joined_sql) return std::nullopt;
        auto right = (this->*next)();
        if (!right) return right;
        made = made_of(kinds::computed, std::move(op), std::move(*made), std::move(*right));
    }
    return made;
}

sql_parser::parsed sql_parser::signed_one() {
    const bool is_minus = is_mark("-");
    if (!is_minus && !is_mark("+")) return with_suffixes(primary());
    ++at_;
    if (++depth_ > deepest_sql) return std::nullopt;
    auto of = signed_one();
    --depth_;
    if (!of || !is_minus) return of;
    if (of->kind == kinds::number) {
        if (of->text.starts_with('-')) of->text.erase(0, 1);
        else of->text.insert(0, "-");
        return of;
    }
    return made_of(kinds::sign, {}, std::move(*of));
}

/// x::text COLLATE "C"
sql_parser::parsed sql_parser::with_suffixes(parsed made) {
    while (made && (is_mark("::") || is_word("collate"))) {
        if (++joined_ > most_joined_sql) return std::nullopt;
        if (take_mark("::")) {
            auto type = type_text();
            if (type.empty()) return std::nullopt;
            made = made_of(kinds::cast, std::move(type), std::move(*made));
        } else {
            ++at_;
            if (!is_kind(token_kind::word) && !is_kind(token_kind::name)) return std::nullopt;
            made = made_of(kinds::collate, all_[at_++].text, std::move(*made));
        }
    }
    return made;
}

sql_parser::parsed sql_parser::primary() {
    if (at_ >= all_.size()) return std::nullopt;
    const token& t = all_[at_];
    switch (t.kind) {
        case token_kind::number: ++at_; return made_of(kinds::number, t.text);
        case token_kind::text: ++at_; return made_of(kinds::text, t.text);
        case token_kind::bytes: ++at_; return made_of(kinds::bytes, t.text);
        case token_kind::mark: return bracketed();
        case token_kind::name:
        case token_kind::word: break;
    }
    if (is_mark(".", 1)) return std::nullopt;
    if (is_mark("(", 1)) return call();
    if (t.kind == token_kind::word) return word();
    ++at_;
    return made_of(kinds::column, t.text);
}

sql_parser::parsed sql_parser::bracketed() {
    if (!take_mark("(")) return std::nullopt;
    auto made = disjunction();
    if (!made || !take_mark(")")) return std::nullopt;
    made->has_brackets = true;
    return made;
}

sql_parser::parsed sql_parser::word() {
    const std::string word = lower(all_[at_].text);
    if (word == "case") return choice();
    if (word == "array" && is_mark("[", 1)) return array();
    if (is_kind(token_kind::text, 1) && (word == "date" || word == "time" || word == "timestamp")) {
        at_ += 2;
        return made_of(kinds::cast, word, made_of(kinds::text, all_[at_ - 1].text));
    }
    ++at_;
    if (word == "null") return made_of(kinds::null, {});
    if (word == "true" || word == "false") return made_of(kinds::truth, word);
    if (word == "current_timestamp" || word == "current_date") return made_of(kinds::moment, word);
    if (has(no_columns, word)) return std::nullopt;
    return made_of(kinds::column, folds_names(family_) ? all_[at_ - 1].text : word);
}

sql_parser::parsed sql_parser::array() {
    at_ += 2;
    auto made = made_of(kinds::array, {});
    if (!take_list(made, "]")) return std::nullopt;
    return made;
}

sql_parser::parsed sql_parser::call() {
    const bool is_quoted = all_[at_].kind == token_kind::name;
    const std::string name = is_quoted ? all_[at_].text : lower(all_[at_].text);
    at_ += 2;
    if (!is_quoted && name == "cast") return cast();
    if (!is_quoted && has(no_columns, name)) return std::nullopt;
    auto made = made_of(kinds::call, name);
    if (!take_list(made, ")")) return std::nullopt;
    return made;
}

sql_parser::parsed sql_parser::cast() {
    auto of = disjunction();
    if (!of || !take_word("as")) return std::nullopt;
    auto type = type_text();
    if (take_word("charset")) {  // MariaDB's, of CHAR
        if (!take_word("utf8mb4")) return std::nullopt;
        take_word("binary");
    }
    if (type.empty() || !take_mark(")")) return std::nullopt;
    return made_of(kinds::cast, std::move(type), std::move(*of));
}

/// CASE x WHEN 1 THEN ... as CASE WHEN x = 1 THEN ...
sql_parser::parsed sql_parser::choice() {
    ++at_;
    auto made = made_of(kinds::case_, {});
    parsed of;
    if (!is_word("when") && (!(of = disjunction()) || !can_be_repeated(*of))) return std::nullopt;
    while (take_word("when")) {
        auto condition = disjunction();
        if (!condition || !take_word("then")) return std::nullopt;
        auto result = disjunction();
        if (!result) return result;
        made.parts.push_back(of ? made_of(kinds::compared, "=", *of, std::move(*condition)) : std::move(*condition));
        made.parts.push_back(std::move(*result));
    }
    parsed otherwise = made_of(kinds::null, {});
    if (take_word("else")) otherwise = disjunction();
    if (!otherwise || made.parts.empty() || !take_word("end")) return std::nullopt;
    made.parts.push_back(std::move(*otherwise));
    return made;
}

/// "character varying(20)[]", "shop.mood", "timestamp(3) with time zone"; empty where there is none.
std::string sql_parser::type_text() {
    std::string made = type_name();
    if (made.empty()) return {};
    for (const std::string_view second : {"varying", "precision", "integer", "big", "int"})
        if (take_word(second)) made += ' ' + std::string{second};
    if (take_mark("(")) {
        made += '(';
        while (is_kind(token_kind::number) || is_mark(",")) made += all_[at_++].text;
        if (!take_mark(")")) return {};
        made += ')';
    }
    if ((is_word("with") || is_word("without")) && is_word("time", 1) && is_word("zone", 2)) {
        made += is_word("with") ? " with time zone" : " without time zone";
        at_ += 3;
    }
    while (is_mark("[") && is_mark("]", 1)) {
        made += "[]";
        at_ += 2;
    }
    return made;
}

std::string sql_parser::type_name() {
    std::string made;
    do {
        if (!is_kind(token_kind::word) && !is_kind(token_kind::name)) return {};
        if (!made.empty()) made += '.';
        made += is_kind(token_kind::word) ? lower(all_[at_].text) : all_[at_].text;
        ++at_;
    } while (take_mark("."));
    return made;
}

}  // namespace azoth::detail
