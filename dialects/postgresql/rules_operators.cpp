// Operations on numbers and text. PostgreSQL's functions are many, by the types of their arguments: those say here what they are.
#include "rules.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace azoth::postgresql {
namespace {

using k = type_kind;

constexpr int inside_operators = 10;  // an operand that binds tighter than all operators
constexpr int inside_comparisons = 5;

bool is_double(const type& t) { return t.kind == k::double_ || t.kind == k::real; }

void write_as_double(compiler& out, const node_ptr& n) {
    if (type_of(*n).kind == k::double_) out << n;
    else out << "CAST(" << n << " AS DOUBLE PRECISION)";
}

/// Twenty digits behind the point tell each quotient of 64-bit integers from all integers; PostgreSQL would compute sixteen digits in all.
void write_floor_divide(compiler& out, const operation_node& n) {
    if (is_integer(n.type.kind)) {
        out << "CAST(FLOOR(CAST(" << n.arguments[0] << " AS NUMERIC(40, 20)) / ";
        out.operand(*n.arguments[1], inside_operators) << ") AS ";
        out.type_name(n.type) << ")";
        return;
    }
    out << "FLOOR(";
    out.operand(*n.arguments[0], inside_operators) << (is_double(n.type) ? " / " : " * 1.00000000000000000000 / ");
    out.operand(*n.arguments[1], inside_operators) << ")";
}

/// Of doubles by way of decimals: ROUND of a double is to even, and has no digits.
void write_rounding(compiler& out, const operation_node& n, std::string_view function) {
    if (!is_double(type_of(*n.arguments[0]))) {
        out << function << "(" << n.arguments[0] << fmt::format(", {})", n.option);
        return;
    }
    out << "CAST(" << function << "(";
    write_as_decimal(out, n.arguments[0]);
    out << fmt::format(", {}) AS DOUBLE PRECISION)", n.option);
}

void write_round(compiler& out, const operation_node& n) { write_rounding(out, n, "ROUND"); }
void write_truncate(compiler& out, const operation_node& n) { write_rounding(out, n, "TRUNC"); }

void write_sign(compiler& out, const operation_node& n) { out << "CAST(SIGN(" << n.arguments[0] << ") AS INTEGER)"; }

void write_power(compiler& out, const operation_node& n) {
    out << "POWER(";
    write_as_double(out, n.arguments[0]);
    out << ", ";
    write_as_double(out, n.arguments[1]);
    out << ")";
}

void write_exponential(compiler& out, const operation_node& n) {
    out << "EXP(";
    write_as_double(out, n.arguments[0]);
    out << ")";
}

/// A number for which the function is not defined gives NULL, as elsewhere, and no error.
void write_where(compiler& out, const node_ptr& argument, std::string_view condition, std::string_view function) {
    out << "CASE WHEN ";
    out.operand(*argument, inside_comparisons) << condition << " THEN " << function << "(";
    write_as_double(out, argument);
    out << ") END";
}

void write_square_root(compiler& out, const operation_node& n) { write_where(out, n.arguments[0], " >= 0", "SQRT"); }
void write_logarithm(compiler& out, const operation_node& n) { write_where(out, n.arguments[0], " > 0", n.option == 10 ? "LOG" : "LN"); }

/// GREATEST would leave NULLs out.
void write_extreme(compiler& out, const operation_node& n) {
    out << "CASE WHEN NUM_NULLS(";
    out.list(n.arguments) << ") = 0 THEN " << (n.op == operation::greatest ? "GREATEST(" : "LEAST(");
    out.list(n.arguments) << ") END";
}

bool is_wide(const node_ptr& n) { return is_of_type(*n, type_kind::big_integer); }

/// Bits are of 64 places in every tree, and an INTEGER has 32.
void write_bits(compiler& out, const node_ptr& n, bool widens) {
    if (widens) out << "CAST(" << n << " AS BIGINT)";
    else out.operand(*n, inside_operators);
}

void write_bitwise(compiler& out, const operation_node& n, std::string_view symbol) {
    out << "(";
    write_bits(out, n.arguments[0], std::ranges::none_of(n.arguments, is_wide));
    out << symbol;
    out.operand(*n.arguments[1], inside_operators) << ")";
}

void write_and(compiler& out, const operation_node& n) { write_bitwise(out, n, " & "); }
void write_or(compiler& out, const operation_node& n) { write_bitwise(out, n, " | "); }
void write_exclusive_or(compiler& out, const operation_node& n) { write_bitwise(out, n, " # "); }
void write_bit_not(compiler& out, const operation_node& n) {
    out << "(~";
    write_bits(out, n.arguments[0], !is_wide(n.arguments[0]));
    out << ")";
}

/// An INTEGER would lose its bits beyond 32.
void write_shift(compiler& out, const operation_node& n) {
    out << "(CAST(" << n.arguments[0] << " AS BIGINT) " << (n.op == operation::shift_left ? "<< " : ">> ") << n.arguments[1] << ")";
}

void write_escape(compiler& out, char escape) {
    out << " ESCAPE ";
    write_quoted_text(out, escape == '\0' ? std::string_view{} : std::string_view{&escape, 1});
}

void write_ilike_of(compiler& out, const operation_node& n, std::string_view like, const node& pattern) {
    out.operand(*n.arguments[0], inside_comparisons) << like;
    out.operand(pattern, inside_comparisons);
    write_escape(out, text_options::escape_of(n.option));
}

void write_ilike(compiler& out, const operation_node& n) { write_ilike_of(out, n, " ILIKE ", *n.arguments[1]); }
void write_not_ilike(compiler& out, const operation_node& n) { write_ilike_of(out, n, " NOT ILIKE ", *n.arguments[1]); }

bool ignores_case(const operation_node& n) { return (n.option & text_options::ignore_case) != 0; }

void write_search(compiler& out, const operation_node& n) {
    write_ilike_of(out, n, ignores_case(n) ? " ILIKE " : " LIKE ", *n.arguments[2]);
}

/// The last argument is the pattern with PostgreSQL's words, where it has other ones than others.
const node_ptr& own_pattern(const operation_node& n, std::size_t usual_arguments) {
    return n.arguments.size() > usual_arguments ? n.arguments.back() : n.arguments[1];
}

void write_regexp(compiler& out, const operation_node& n) {
    const bool negated = n.op == operation::not_regexp_match;
    out.operand(*n.arguments[0], inside_comparisons) << (negated ? " !~" : " ~") << (ignores_case(n) ? "* " : " ");
    out.operand(*own_pattern(n, 2), inside_comparisons);
}

void write_regexp_replace(compiler& out, const operation_node& n) {
    out << "REGEXP_REPLACE(" << n.arguments[0] << ", " << own_pattern(n, 4) << ", " << n.arguments[2]
        << (ignores_case(n) ? ", 'gi')" : ", 'g')");
}

bool is_constant(const node& n) { return node_cast<bind_node>(&n) != nullptr; }

/// Places are INTEGERs; a negative length would be an error.
void write_substring(compiler& out, const operation_node& n) {
    const auto place = [&](const node& p) {
        if (is_constant(p)) out << p;
        else out << "CAST(" << p << " AS INTEGER)";
    };
    out << "SUBSTRING(" << n.arguments[0] << ", ";
    place(*n.arguments[1]);
    if (n.arguments.size() > 2) {
        const node& length = *n.arguments[2];
        out << ", ";
        if (!is_constant(length)) {
            out << "CASE WHEN ";
            out.operand(length, inside_comparisons) << " < 0 THEN 0 ELSE ";
        }
        place(length);
        if (!is_constant(length)) out << " END";
    }
    out << ")";
}

void write_character(compiler& out, const operation_node& n) { out << "CHR(CAST(" << n.arguments[0] << " AS INTEGER))"; }

}  // namespace

/// A list of rows written one by one would be as many conditions, and many are too deep for the server: VALUES are a table, whose types are
/// those of its first row.
void write_tuple_in_list(compiler& out, const in_node& n, const tuple_node& lists) {
    out << "(" << n.operand << (n.negated ? " NOT IN " : " IN ");
    out.tuple_list_parameter(lists, n.negated, "VALUES ", [](compiler& to, const type& t) { write_bind_cast(to, t); }) << ")";
}

void set_operator_rules(rule_table& to) {
    using o = operation;
    to.set(o::floor_divide, write_floor_divide);
    to.set(o::round, write_round);
    to.set(o::truncate, write_truncate);
    to.set(o::sign, write_sign);
    to.set(o::power, write_power);
    to.set(o::exponential, write_exponential);
    to.set(o::square_root, write_square_root);
    to.set(o::logarithm, write_logarithm);
    to.set(o::greatest, write_extreme);
    to.set(o::least, write_extreme);
    to.set(o::bit_and, write_and);
    to.set(o::bit_or, write_or);
    to.set(o::bit_xor, write_exclusive_or);
    to.set(o::bit_not, write_bit_not);
    to.set(o::shift_left, write_shift);
    to.set(o::shift_right, write_shift);
    to.set(o::ilike, write_ilike);
    to.set(o::not_ilike, write_not_ilike);
    for (const o op : {o::starts_with, o::ends_with, o::contains}) to.set(op, write_search);
    to.set(o::regexp_match, write_regexp);
    to.set(o::not_regexp_match, write_regexp);
    to.set(o::regexp_replace, write_regexp_replace);
    to.set(o::trim, "BTRIM");
    to.set(o::trim_leading, "LTRIM");
    to.set(o::trim_trailing, "RTRIM");
    to.set(o::substring, write_substring);
    to.set(o::code_point, "ASCII");
    to.set(o::character, write_character);
}

}  // namespace azoth::postgresql
