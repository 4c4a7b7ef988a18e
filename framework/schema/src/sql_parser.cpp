// The conditions of SQL.
#include "sql_parser.hpp"

namespace azoth::detail {
namespace {

using kinds = tree_kind;

constexpr std::array<std::string_view, 8> comparisons{"=", "==", "<>", "!=", "<", "<=", ">", ">="};
constexpr std::array<std::string_view, 4> like_marks{"~~", "!~~", "~~*", "!~~*"};
constexpr std::array<std::string_view, 5> like_words{"like", "ilike", "glob", "regexp", "rlike"};

}  // namespace

std::optional<sql_tree> sql_parser::run() {
    auto made = disjunction();
    return at_ == all_.size() ? made : std::nullopt;
}

bool sql_parser::is_kind(token_kind kind, std::size_t ahead) const { return at_ + ahead < all_.size() && all_[at_ + ahead].kind == kind; }
bool sql_parser::is_mark(std::string_view mark, std::size_t ahead) const {
    return is_kind(token_kind::mark, ahead) && all_[at_ + ahead].text == mark;
}
bool sql_parser::is_word(std::string_view word, std::size_t ahead) const {
    return is_kind(token_kind::word, ahead) && lower(all_[at_ + ahead].text) == word;
}
bool sql_parser::take_mark(std::string_view mark) {
    const bool is_there = is_mark(mark);
    if (is_there) ++at_;
    return is_there;
}
bool sql_parser::take_word(std::string_view word) {
    const bool is_there = is_word(word);
    if (is_there) ++at_;
    return is_there;
}

sql_parser::parsed sql_parser::disjunction() {
    if (++depth_ > deepest_sql) return std::nullopt;
    auto made = chain(kinds::some, "or", &sql_parser::conjunction);
    --depth_;
    return made;
}

sql_parser::parsed sql_parser::conjunction() { return chain(kinds::all, "and", &sql_parser::negation); }

sql_parser::parsed sql_parser::chain(tree_kind kind, std::string_view word, parsed (sql_parser::*next)()) {
    auto made = (this->*next)();
    while (made && take_word(word)) {
        auto other = (this->*next)();
        if (!other) return other;
        if (made->kind != kind || made->has_brackets) made = made_of(kind, {}, std::move(*made));
        made->parts.push_back(std::move(*other));
    }
    return made;
}

sql_parser::parsed sql_parser::negation() {
    if (!take_word("not")) return comparison();
    if (++depth_ > deepest_sql) return std::nullopt;
    auto of = negation();
    --depth_;
    if (!of) return of;
    return made_of(kinds::negation, {}, std::move(*of));
}

/// One comparison: databases bind a second one behind it in different ways.
sql_parser::parsed sql_parser::comparison() {
    auto left = operand();
    if (!left) return left;
    const std::size_t before = at_;
    auto made = compared(std::move(*left));
    return made && at_ != before && is_before_comparison() ? std::nullopt : made;
}

bool sql_parser::is_before_comparison() const {
    if (is_kind(token_kind::mark)) return has(comparisons, all_[at_].text) || has(like_marks, all_[at_].text);
    return is_word("is") || is_word("in") || is_word("between") || is_word("not") ||
           (is_kind(token_kind::word) && has(like_words, lower(all_[at_].text)));
}

sql_parser::parsed sql_parser::compared(sql_tree left) {
    if (std::string op = take_one_of(token_kind::mark, comparisons); !op.empty()) return compared_by(std::move(op), std::move(left));
    if (take_word("is")) return is(std::move(left));
    if (const std::string op = take_one_of(token_kind::mark, like_marks); !op.empty()) {
        auto made = like(op.ends_with('*') ? "ilike" : "like", std::move(left));
        if (made) made->is_negated = op.starts_with('!');
        return made;
    }
    const bool is_negated = is_word("not") && is_kind(token_kind::word, 1);
    if (is_negated) ++at_;
    return worded(std::move(left), is_negated);
}

sql_parser::parsed sql_parser::worded(sql_tree left, bool is_negated) {
    if (take_word("between")) return between(std::move(left), is_negated);
    parsed made;
    if (take_word("in")) made = in(std::move(left));
    else if (const std::string op = take_one_of(token_kind::word, like_words); !op.empty())
        made = like(op == "rlike" ? "regexp" : op, std::move(left));
    else if (!is_negated) return left;
    if (made) made->is_negated = is_negated;
    return made;
}

sql_parser::parsed sql_parser::compared_by(std::string op, sql_tree left) {
    if (op == "==") op = "=";
    if (op == "!=") op = "<>";
    parsed right;
    if (is_mark("(", 1) && (is_word("any") || is_word("all") || is_word("some"))) {
        const std::string word = is_word("all") ? "all" : "any";
        at_ += 2;
        auto of = disjunction();
        if (!of || !take_mark(")")) return std::nullopt;
        right = made_of(kinds::quantified, word, std::move(*of));
    } else {
        right = operand();
    }
    if (!right) return right;
    return made_of(kinds::compared, std::move(op), std::move(left), std::move(*right));
}

sql_parser::parsed sql_parser::is(sql_tree left) {
    const bool is_negated = take_word("not");
    parsed made;
    if (take_word("null")) made = made_of(kinds::is, "null", std::move(left));
    else if (take_word("true")) made = made_of(kinds::is, "true", std::move(left));
    else if (take_word("false")) made = made_of(kinds::is, "false", std::move(left));
    else if (take_word("distinct") && take_word("from"))
        if (auto right = operand()) made = made_of(kinds::is, "distinct from", std::move(left), std::move(*right));
    if (made) made->is_negated = is_negated;
    return made;
}

sql_parser::parsed sql_parser::like(std::string op, sql_tree left) {
    auto pattern = operand();
    if (!pattern) return pattern;
    auto made = made_of(kinds::like, std::move(op), std::move(left), std::move(*pattern));
    if (!take_word("escape")) return made;
    auto escape = operand();
    if (!escape) return escape;
    made.parts.push_back(std::move(*escape));
    return made;
}

sql_parser::parsed sql_parser::in(sql_tree left) {
    if (!take_mark("(")) return std::nullopt;
    auto made = made_of(kinds::in, {}, std::move(left));
    if (!take_list(made, ")") || made.parts.size() < 2) return std::nullopt;
    return made;
}

/// x >= low AND x <= high, which is what PostgreSQL keeps of it.
sql_parser::parsed sql_parser::between(sql_tree left, bool is_negated) {
    if (!can_be_repeated(left)) return std::nullopt;
    auto low = operand();
    if (!low || !take_word("and")) return std::nullopt;
    auto high = operand();
    if (!high) return high;
    auto from = made_of(kinds::compared, is_negated ? "<" : ">=", left, std::move(*low));
    auto to = made_of(kinds::compared, is_negated ? ">" : "<=", std::move(left), std::move(*high));
    auto made = made_of(is_negated ? kinds::some : kinds::all, {}, std::move(from), std::move(to));
    made.has_brackets = true;
    return made;
}

bool sql_parser::take_list(sql_tree& to, std::string_view end) {
    if (take_mark(end)) return true;
    do {
        auto next = disjunction();
        if (!next) return false;
        to.parts.push_back(std::move(*next));
    } while (take_mark(","));
    return take_mark(end);
}

/// What is said twice is small: nested ones would grow without bounds.
bool sql_parser::can_be_repeated(const sql_tree& t) {
    std::size_t found = 0;
    const auto count = [&](const sql_tree& part, const auto& again) -> void {
        if (++found > most_repeated_sql) return;
        for (const auto& p : part.parts) again(p, again);
    };
    count(t, count);
    return found <= most_repeated_sql;
}

std::optional<sql_tree> parsed_sql(std::string_view family, std::string_view sql) {
    const auto all = tokens_of(family, sql);
    return all ? sql_parser{family, *all}.run() : std::nullopt;
}

}  // namespace azoth::detail
