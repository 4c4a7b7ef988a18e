// Custom operators, tuples, ANY and ALL, collations; and the operations on numbers and text, as the standard has them or nearly so.
#include "ansi_rules.hpp"

#include <azoth/sql/literal.hpp>

#include <fmt/format.h>

namespace azoth {
namespace {

constexpr int above_any_operator = 10;  // operands that bind tighter than all operators
constexpr int above_a_comparison = 5;

void write_custom_operator(compiler& out, const custom_operator_node& n) {
    if (out.rules().placeholder == placeholders::question_mark && n.symbol.find('?') != std::string::npos)
        throw_error(errc::statement, fmt::format("the operator {} has a question mark, which stands for a parameter here", n.symbol));
    out.operand(*n.left, above_any_operator) << " " << n.symbol << " ";
    out.operand(*n.right, above_any_operator);
}

void write_collate(compiler& out, const collate_node& n) {
    out.operand(*n.operand, above_any_operator) << " COLLATE ";
    out.identifier(n.name);
}

void write_tuple(compiler& out, const tuple_node& n) {
    out << "(";
    out.list(n.elements) << ")";
}

void write_quantified(compiler& out, const quantified_node& n) { out << (n.all ? "ALL " : "ANY ") << n.of; }

void write_coerced(compiler& out, const coerced_node& n) { out << n.operand; }

void write_symbol(compiler& out, const operation_node& n, std::string_view symbol) {
    out << "(";
    out.operand(*n.arguments[0], above_any_operator) << symbol;
    out.operand(*n.arguments[1], above_any_operator) << ")";
}

void write_and(compiler& out, const operation_node& n) { write_symbol(out, n, " & "); }
void write_or(compiler& out, const operation_node& n) { write_symbol(out, n, " | "); }
void write_shift_left(compiler& out, const operation_node& n) { write_symbol(out, n, " << "); }
void write_shift_right(compiler& out, const operation_node& n) { write_symbol(out, n, " >> "); }
void write_bit_not(compiler& out, const operation_node& n) {
    out << "(~";
    out.operand(*n.arguments[0], above_any_operator) << ")";
}

void write_escape(compiler& out, char escape) {
    out << " ESCAPE ";
    write_quoted_text(out, {&escape, 1});
}

void write_like_with(compiler& out, const operation_node& n, std::string_view like, const node& pattern) {
    out.operand(*n.arguments[0], above_a_comparison) << like;
    out.operand(pattern, above_a_comparison);
    write_escape(out, text_options::escape_of(n.option));
}

void write_like_escape(compiler& out, const operation_node& n) { write_like_with(out, n, " LIKE ", *n.arguments[1]); }
void write_not_like_escape(compiler& out, const operation_node& n) { write_like_with(out, n, " NOT LIKE ", *n.arguments[1]); }

/// ILIKE where there is none.
void write_lowered_like(compiler& out, const operation_node& n, std::string_view like, const node& pattern) {
    const char escape = text_options::escape_of(n.option);
    out << "LOWER(" << n.arguments[0] << ")" << like << "LOWER(" << pattern << ")";
    if (escape != '\0') write_escape(out, escape);
}

void write_ilike(compiler& out, const operation_node& n) { write_lowered_like(out, n, " LIKE ", *n.arguments[1]); }
void write_not_ilike(compiler& out, const operation_node& n) { write_lowered_like(out, n, " NOT LIKE ", *n.arguments[1]); }

void write_search(compiler& out, const operation_node& n) {
    if ((n.option & text_options::ignore_case) != 0) write_lowered_like(out, n, " LIKE ", *n.arguments[2]);
    else write_like_with(out, n, " LIKE ", *n.arguments[2]);
}

void write_trim(compiler& out, const operation_node& n) {
    const std::string_view where = n.op == operation::trim ? "BOTH " : n.op == operation::trim_leading ? "LEADING " : "TRAILING ";
    out << "TRIM(" << where << n.arguments[1] << " FROM " << n.arguments[0] << ")";
}

void write_position(compiler& out, const operation_node& n) { out << "POSITION(" << n.arguments[0] << " IN " << n.arguments[1] << ")"; }

void set_text_operations(rule_table& r) {
    using o = operation;
    r.set(o::like_escape, write_like_escape);
    r.set(o::not_like_escape, write_not_like_escape);
    r.set(o::ilike, write_ilike);
    r.set(o::not_ilike, write_not_ilike);
    for (const o op : {o::starts_with, o::ends_with, o::contains}) r.set(op, write_search);
    for (const o op : {o::trim, o::trim_leading, o::trim_trailing}) r.set(op, write_trim);
    r.set(o::position, write_position);
    r.set(o::substring, "SUBSTRING");
    r.set(o::left, "LEFT");
    r.set(o::right, "RIGHT");
    r.set(o::pad_left, "LPAD");
    r.set(o::pad_right, "RPAD");
    r.set(o::repeat, "REPEAT");
    r.set(o::reverse, "REVERSE");
    r.set(o::octet_length, "OCTET_LENGTH");
    r.set(o::concat_ws, "CONCAT_WS");
}

void set_number_operations(rule_table& r) {
    using o = operation;
    r.set(o::bit_and, write_and);
    r.set(o::bit_or, write_or);
    r.set(o::bit_not, write_bit_not);
    r.set(o::shift_left, write_shift_left);
    r.set(o::shift_right, write_shift_right);
    r.set(o::ceiling, "CEIL");
    r.set(o::floor, "FLOOR");
    r.set(o::sign, "SIGN");
    r.set(o::power, "POWER");
    r.set(o::exponential, "EXP");
    r.set(o::square_root, "SQRT");
    r.set(o::greatest, "GREATEST");
    r.set(o::least, "LEAST");
    r.set(o::random, "RANDOM");
}

}  // namespace

namespace detail {

void set_operator_rules(rule_table& r) {
    r.set<custom_operator_node, &write_custom_operator>();
    r.set<collate_node, &write_collate>();
    r.set<tuple_node, &write_tuple>();
    r.set<quantified_node, &write_quantified>();
    r.set<coerced_node, &write_coerced>();
    set_text_operations(r);
    set_number_operations(r);
}

}  // namespace detail
}  // namespace azoth
