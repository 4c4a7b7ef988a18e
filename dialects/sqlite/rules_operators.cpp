// Operations on numbers and text, tuples, ANY and ALL. What SQLite has no function for, the connection brings: see function_support.hpp.
#include "rules.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace azoth::sqlite {
namespace {

constexpr int inside_operators = 10;  // an operand that binds tighter than all operators
constexpr int inside_comparisons = 5;

/// The function, exact or of doubles, with the digits that follow.
void write_rounding(compiler& out, const operation_node& n, std::string_view function) {
    const bool is_exact_result = is_exact_expression(*n.arguments[0]);
    out << function << (is_exact_result ? "(" : "_real(") << n.arguments[0];
    if (n.op == operation::round || n.op == operation::truncate) out << fmt::format(", {}", n.option);
    out << ")";
    if (is_exact_result) write_decimal_collation(out);
}

void write_round(compiler& out, const operation_node& n) { write_rounding(out, n, "azoth_round"); }
void write_truncate(compiler& out, const operation_node& n) { write_rounding(out, n, "azoth_truncate"); }
void write_ceiling(compiler& out, const operation_node& n) { write_rounding(out, n, "azoth_ceil"); }
void write_floor(compiler& out, const operation_node& n) { write_rounding(out, n, "azoth_floor"); }

void write_floor_divide(compiler& out, const operation_node& n) {
    if (n.type.kind == type_kind::double_) {
        out << "azoth_floor_real(";
        if (is_exact_expression(*n.arguments[0])) write_real(out, *n.arguments[0]);
        else out << "CAST(" << n.arguments[0] << " AS REAL)";
        out << " / ";
        write_real(out, *n.arguments[1]);
        out << ")";
        return;
    }
    const bool computes_exactly = is_exact_expression(*n.arguments[0]) || is_exact_expression(*n.arguments[1]);
    out << (computes_exactly ? "azoth_floor_div(" : "azoth_integer_floor_div(");
    out.list(n.arguments) << ")";
    if (computes_exactly) write_decimal_collation(out);
}

void write_logarithm(compiler& out, const operation_node& n) {
    out << (n.option == 10 ? "azoth_log10(" : "azoth_ln(") << n.arguments[0] << ")";
}

void write_extreme(compiler& out, const operation_node& n) {
    out << *make_node<const function_node>(n.op == operation::greatest ? "greatest" : "least", n.arguments, n.type);
}

void write_random(compiler& out, const operation_node&) {
    out << "(abs(random() % 9007199254740992) / 9007199254740992.0)";  // 53 bits: as many as a double has
}

bool ignores_case(const operation_node& n) { return (n.option & text_options::ignore_case) != 0; }

/// LIKE would not tell the case of ASCII letters.
void write_search(compiler& out, const operation_node& n) {
    const std::string_view before = ignores_case(n) ? "lower(" : "";
    const std::string_view after = ignores_case(n) ? ")" : "";
    const std::string_view function = n.op == operation::contains      ? "instr("
                                      : n.op == operation::starts_with ? "azoth_starts_with("
                                                                       : "azoth_ends_with(";
    out << function << before << n.arguments[0] << after << ", " << before << n.arguments[1] << after << ")";
    if (n.op == operation::contains) out << " > 0";
}

void write_regexp(compiler& out, const operation_node& n) {
    const bool negated = n.op == operation::not_regexp_match;
    out << (negated ? "(NOT azoth_regexp(" : "azoth_regexp(") << n.arguments[0] << ", " << n.arguments[1]
        << (ignores_case(n) ? ", 1)" : ", 0)");
    if (negated) out << ")";
}

void write_regexp_replace(compiler& out, const operation_node& n) {
    out << "azoth_regexp_replace(" << n.arguments[0] << ", " << n.arguments[1] << ", " << n.arguments[2]
        << (ignores_case(n) ? ", 1)" : ", 0)");
}

void write_position(compiler& out, const operation_node& n) { out << "instr(" << n.arguments[1] << ", " << n.arguments[0] << ")"; }
void write_left(compiler& out, const operation_node& n) { out << "substr(" << n.arguments[0] << ", 1, " << n.arguments[1] << ")"; }
void write_octet_length(compiler& out, const operation_node& n) { out << "length(CAST(" << n.arguments[0] << " AS BLOB))"; }

bool is_constant(const node& n) { return node_cast<bind_node>(&n) != nullptr; }

/// Characters before the first one are counted, and are none.
void write_substring(compiler& out, const operation_node& n) {
    const node& start = *n.arguments[1];
    out << "substr(" << n.arguments[0] << ", ";
    if (is_constant(start)) out << start;
    else out << "max(" << start << ", 1)";
    if (n.arguments.size() == 2) {
        out << ")";
        return;
    }
    const node& length = *n.arguments[2];
    if (is_constant(start) && is_constant(length)) out << ", " << length << ")";
    else if (is_constant(start)) out << ", max(" << length << ", 0))";
    else {
        out << ", max(";
        out.operand(length, inside_operators) << " + min(" << start << ", 1) - 1, 0))";
    }
}

/// One element of a tuple in the form in which it can be compared with its partner.
void write_element(compiler& out, const node& e, const node& partner) {
    if (may_be_exact_text(e) || may_be_exact_text(partner)) write_exact(out, e);
    else out << e;
}

void write_elements(compiler& out, const tuple_node& of, const tuple_node& partners) {
    out << "(";
    for (std::size_t i = 0; i < of.elements.size(); ++i) {
        if (i != 0) out << ", ";
        write_element(out, *of.elements[i], *partners.elements[i]);
    }
    out << ")";
}

/// What is compared with a list of doubles is one; text that is a number is compared as a number.
void write_listed_element(compiler& out, const node& e, const node& list) {
    if (may_be_exact_text(list)) write_exact(out, e);
    else if (may_be_exact_text(e)) write_real(out, e);
    else out << e;
}

bool has_exact_text(const node& tuple) {
    const auto& elements = static_cast<const tuple_node&>(tuple).elements;
    return std::any_of(elements.begin(), elements.end(), [](const node_ptr& e) { return may_be_exact_text(*e); });
}

/// ANY and ALL by counting: how many of the query's values make the comparison true, false, or neither.
void write_counted(compiler& out, const binary_node& n, std::string_view sign, const quantified_node& of, const node& query) {
    const bool by_text = may_be_exact_text(*n.left) || may_be_exact_text(*of.of);
    out << "(WITH azoth_set (member) AS (" << query << "), azoth_truth (answer) AS (SELECT ";
    if (by_text) write_exact(out, *n.left);
    else out.operand(*n.left, inside_comparisons);
    out << sign << (by_text ? "azoth_decimal(member)" : "member");
    if (by_text) write_decimal_collation(out);
    out << " FROM azoth_set) SELECT CASE WHEN "
        << (of.all ? "min(answer) = 0 THEN 0 WHEN count(*) > count(answer) THEN NULL ELSE 1"
                   : "max(answer) = 1 THEN 1 WHEN count(*) > count(answer) THEN NULL ELSE 0")
        << " END FROM azoth_truth)";
}

}  // namespace

void write_tuple_comparison(compiler& out, const binary_node& n, std::string_view sign) {
    const auto& left = static_cast<const tuple_node&>(*n.left);
    const auto& right = static_cast<const tuple_node&>(*n.right);
    write_elements(out, left, right);
    out << sign;
    write_elements(out, right, left);
}

void write_tuple_in(compiler& out, const in_node& n) {
    const auto* lists = node_cast<tuple_node>(n.set);
    const auto& left = static_cast<const tuple_node&>(*n.operand);
    const std::string_view in = n.negated ? " NOT IN " : " IN ";
    if (!lists) {
        out.require(!has_exact_text(left), "tuples with exact numbers IN a query", "use exists() with a comparison of each");
        out << left << in << n.set;
        return;
    }
    out << "((";
    for (std::size_t i = 0; i < left.elements.size(); ++i) {
        if (i != 0) out << ", ";
        write_listed_element(out, *left.elements[i], *lists->elements[i]);
    }
    out << ")" << in;
    out.tuple_list_parameter(*lists, n.negated, "VALUES ") << ")";
}

void write_quantified_comparison(compiler& out, const binary_node& n, std::string_view sign) {
    const auto& of = static_cast<const quantified_node&>(*n.right);
    const auto* subquery = node_cast<scalar_subquery_node>(of.of);
    if (!subquery) throw_error(errc::not_supported, "SQLite has ANY and ALL of queries only");
    const bool is_in = !of.all && n.op == binary_operator::equal;
    const bool is_not_in = of.all && n.op == binary_operator::not_equal;
    if (is_in || is_not_in) out << *make_node<const in_node>(n.left, of.of, is_not_in);
    else write_counted(out, n, sign, of, *subquery->query);
}

void set_operator_rules(rule_table& to) {
    using o = operation;
    to.set(o::floor_divide, write_floor_divide);
    to.set(o::round, write_round);
    to.set(o::truncate, write_truncate);
    to.set(o::ceiling, write_ceiling);
    to.set(o::floor, write_floor);
    to.set(o::sign, "azoth_sign");
    to.set(o::power, "azoth_power");
    to.set(o::exponential, "azoth_exp");
    to.set(o::square_root, "azoth_sqrt");
    to.set(o::logarithm, write_logarithm);
    to.set(o::greatest, write_extreme);
    to.set(o::least, write_extreme);
    to.set(o::random, write_random);
    to.set(o::bit_xor, "azoth_xor");
    for (const o op : {o::starts_with, o::ends_with, o::contains}) to.set(op, write_search);
    to.set(o::regexp_match, write_regexp);
    to.set(o::not_regexp_match, write_regexp);
    to.set(o::regexp_replace, write_regexp_replace);
    to.set(o::trim, "trim");
    to.set(o::trim_leading, "ltrim");
    to.set(o::trim_trailing, "rtrim");
    to.set(o::position, write_position);
    to.set(o::substring, write_substring);
    to.set(o::left, write_left);
    to.set(o::right, "azoth_right");
    to.set(o::pad_left, "azoth_lpad");
    to.set(o::pad_right, "azoth_rpad");
    to.set(o::repeat, "azoth_repeat");
    to.set(o::reverse, "azoth_reverse");
    to.set(o::octet_length, write_octet_length);
    to.set(o::code_point, "azoth_code_point");
    to.set(o::character, "char");
    to.set(o::concat_ws, "azoth_concat_ws");
}

}  // namespace azoth::sqlite
