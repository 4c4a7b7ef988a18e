#include "ansi_rules.hpp"

#include <fmt/format.h>

#include <array>

namespace azoth {
namespace {

enum binding : int {
    loosest = 0,
    disjunction = 1,
    conjunction = 2,
    negation = 3,
    comparison = 4,
    additive = 6,
    multiplicative = 7,
    sign = 8,
    tightest = 10
};

struct spelling {
    std::string_view sql;
    int precedence;
};

constexpr std::array<spelling, 16> binary_spellings{{
    {" = ", comparison},
    {" <> ", comparison},
    {" < ", comparison},
    {" <= ", comparison},
    {" > ", comparison},
    {" >= ", comparison},
    {" + ", additive},
    {" - ", additive},
    {" * ", multiplicative},
    {" / ", multiplicative},
    {" % ", multiplicative},
    {" || ", additive - 1},
    {" LIKE ", comparison},
    {" NOT LIKE ", comparison},
    {" IS DISTINCT FROM ", comparison},
    {" IS NOT DISTINCT FROM ", comparison},
}};

constexpr std::string_view no_rows = "a tuple in a list or a query, or before or behind another";
constexpr std::string_view rows_remedy = "compare the columns one by one";

const spelling& spelling_of(binary_operator op) { return binary_spellings[static_cast<std::size_t>(op)]; }

void write_typed_literal(compiler& out, const cell& value, const type& of) {
    const literal_rule typed = out.qualifies() ? out.rules().typed_literal : nullptr;
    if (typed) typed(out, value, of);
    else out.literal(value, of);
}

void write_bind(compiler& out, const bind_node& n) {
    const auto write_type = out.rules().parameter_type;
    if (!write_type) {
        out.parameter(n);
        return;
    }
    const std::size_t from = out.buffer().size();
    const std::size_t parameters = out.parameter_count();
    out << "CAST(";
    out.parameter(n);
    if (out.parameter_count() != parameters) {
        out << " AS ";
        write_type(out, n.type);
        out << ")";
        return;
    }
    const std::string written = out.cut(from);  // the value itself, which has a type
    if (n.name.empty() && !n.maker) write_typed_literal(out, n.content.view(), n.type);
    else out << written.substr(std::string_view{"CAST("}.size());
}

void write_literal(compiler& out, const literal_node& n) { write_typed_literal(out, n.content.view(), n.type); }

/// A number may bring a minus of its own, and two of them start a comment.
bool may_bring_minus(const node& n) {
    switch (n.kind().number) {
        case node_numbers::literal:
        case node_numbers::bind: return true;
        case node_numbers::coerced: return may_bring_minus(*static_cast<const coerced_node&>(n).operand);
        case node_numbers::label: return may_bring_minus(*static_cast<const label_node&>(n).operand);
        default: return false;
    }
}

void write_unary(compiler& out, const unary_node& n) {
    switch (n.op) {
        case unary_operator::not_:
            out << "NOT ";
            out.operand(*n.operand, negation);
            return;
        case unary_operator::negate:
            out << "-";
            out.operand(*n.operand, may_bring_minus(*n.operand) ? tightest + 1 : sign + 1);
            return;
        case unary_operator::is_null: out.operand(*n.operand, comparison + 1) << " IS NULL"; return;
        case unary_operator::is_not_null: out.operand(*n.operand, comparison + 1) << " IS NOT NULL"; return;
        case unary_operator::is_true: out.operand(*n.operand, comparison + 1) << " IS TRUE"; return;
        case unary_operator::is_false: out.operand(*n.operand, comparison + 1) << " IS FALSE"; return;
        case unary_operator::exists: out << "EXISTS " << n.operand; return;
        case unary_operator::distinct: out << "DISTINCT " << n.operand; return;
    }
}

/// Where there are no rows as values, equal ones are those whose values are equal.
bool write_equal_tuples(compiler& out, const binary_node& n) {
    const auto* left = node_cast<tuple_node>(n.left);
    const auto* right = node_cast<tuple_node>(n.right);
    if (out.can().row_values || out.is_unchecked() || (!left && !right)) return false;
    const bool equal = n.op == binary_operator::equal;
    out.require(left && right && (equal || n.op == binary_operator::not_equal), no_rows, rows_remedy);
    for (std::size_t i = 0; i < left->elements.size(); ++i) {
        out << (i == 0 ? "(" : equal ? " AND " : " OR ");
        out << *make_node<const binary_node>(n.op, left->elements[i], right->elements[i]);
    }
    out << ")";
    return true;
}

void write_binary(compiler& out, const binary_node& n) {
    if (write_equal_tuples(out, n)) return;
    const spelling& s = spelling_of(n.op);
    if (n.op == binary_operator::concat) {  // databases disagree on whether || binds tighter than +
        const auto* left = node_cast<binary_node>(n.left);
        out.operand(*n.left, left && left->op == binary_operator::concat ? s.precedence : int{tightest}) << s.sql;
        out.operand(*n.right, tightest);
        return;
    }
    // Comparisons do not chain, and the right side of - and / must not lose its parentheses.
    const bool is_comparison = s.precedence == comparison;
    out.operand(*n.left, is_comparison ? s.precedence + 1 : s.precedence) << s.sql;
    out.operand(*n.right, s.precedence + 1);
}

void write_logical(compiler& out, const logical_node& n) {
    const bool is_and = n.op == logical_operator::and_;
    if (n.terms.empty()) {
        out << (is_and ? "1 = 1" : "1 = 0");
        return;
    }
    bool first = true;
    for (const auto& term : n.terms) {
        if (!first) out << (is_and ? " AND " : " OR ");
        first = false;
        out.operand(*term, n.terms.size() == 1 ? loosest : (is_and ? conjunction : disjunction) + 1);
    }
}

void write_in(compiler& out, const in_node& n) {
    if (node_cast<tuple_node>(n.operand)) out.require(out.can().row_values, no_rows, rows_remedy);
    // The parentheses around all of it stay: an empty list expands to "(x IN (NULL) AND (1 <> 1))".
    const bool is_list = is_in_list(n);
    if (is_list) out << "(";
    out.operand(*n.operand, comparison + 1) << (n.negated ? " NOT IN " : " IN ");
    if (const auto* bind = node_cast<bind_node>(n.set)) out.list_parameter(*bind, n.negated);
    else if (const auto* lists = node_cast<tuple_node>(n.set)) out.tuple_list_parameter(*lists, n.negated);
    else out << n.set;
    if (is_list) out << ")";
}

void write_between(compiler& out, const between_node& n) {
    out.operand(*n.operand, comparison + 1) << (n.negated ? " NOT BETWEEN " : " BETWEEN ");
    out.operand(*n.low, comparison + 1) << " AND ";
    out.operand(*n.high, comparison + 1);
}

void write_cast(compiler& out, const cast_node& n) {
    out << "CAST(" << n.operand << " AS ";
    out.type_name(n.type) << ")";
}

void write_case(compiler& out, const case_node& n) {
    out << "CASE";
    for (const auto& branch : n.branches) out << " WHEN " << branch.condition << " THEN " << branch.result;
    if (n.otherwise) out << " ELSE " << n.otherwise;
    out << " END";
}

void write_scalar_subquery(compiler& out, const scalar_subquery_node& n) { out << "(" << n.query << ")"; }

/// Those that are written as an operator between two operands.
bool is_comparison(operation op) {
    switch (op) {
        case operation::ilike:
        case operation::not_ilike:
        case operation::like_escape:
        case operation::not_like_escape:
        case operation::starts_with:
        case operation::ends_with:
        case operation::contains:
        case operation::regexp_match:
        case operation::not_regexp_match: return true;
        default: return false;
    }
}

}  // namespace

bool is_in_list(const in_node& n) noexcept { return node_cast<bind_node>(n.set) || node_cast<tuple_node>(n.set); }

int precedence_of(const node& e) {
    switch (e.kind().number) {
        case node_numbers::binary: return spelling_of(static_cast<const binary_node&>(e).op).precedence;
        case node_numbers::logical: {
            const auto& l = static_cast<const logical_node&>(e);
            if (l.terms.size() == 1) return precedence_of(*l.terms.front());
            if (l.terms.empty()) return comparison;
            return l.op == logical_operator::and_ ? conjunction : disjunction;
        }
        case node_numbers::unary: {
            switch (static_cast<const unary_node&>(e).op) {
                case unary_operator::not_: return negation;
                case unary_operator::negate: return sign;
                case unary_operator::exists: return tightest;
                case unary_operator::distinct: return loosest;
                default: return comparison;
            }
        }
        case node_numbers::in: return is_in_list(static_cast<const in_node&>(e)) ? tightest : comparison;
        case node_numbers::operation: return is_comparison(static_cast<const operation_node&>(e).op) ? comparison : tightest;
        case node_numbers::custom_operator: return loosest;
        case node_numbers::coerced: return precedence_of(*static_cast<const coerced_node&>(e).operand);
        case node_numbers::between: return comparison;
        case node_numbers::label: return precedence_of(*static_cast<const label_node&>(e).operand);
        case node_numbers::text: return loosest;
        default: return e.kind().number == node_kind::extension ? int{loosest} : int{tightest};
    }
}

namespace detail {

void set_expression_rules(rule_table& r) {
    r.set<bind_node, &write_bind>();
    r.set<literal_node, &write_literal>();
    r.set<unary_node, &write_unary>();
    r.set<binary_node, &write_binary>();
    r.set<logical_node, &write_logical>();
    r.set<in_node, &write_in>();
    r.set<between_node, &write_between>();
    r.set<cast_node, &write_cast>();
    r.set<case_node, &write_case>();
    r.set<scalar_subquery_node, &write_scalar_subquery>();
}

}  // namespace detail
}  // namespace azoth
