// Operators and functions that are written otherwise, and literals.
#include "rules.hpp"

#include <fmt/format.h>

#include <cmath>
#include <optional>

namespace azoth::mysql {
namespace {

using k = type_kind;

constexpr int comparison = 4;  // how tightly it binds, as precedence_of has it

void write_plainly(compiler& out, const binary_node& n) { ansi_rules().find(binary_node::static_kind)(out, n); }

void write_concat_terms(compiler& out, const node& n, bool& first) {
    const auto* inner = node_cast<binary_node>(&n);
    if (inner && inner->op == binary_operator::concat) {
        write_concat_terms(out, *inner->left, first);
        write_concat_terms(out, *inner->right, first);
        return;
    }
    if (!first) out << ", ";
    first = false;
    out << n;
}

/// || joins texts in some SQL modes, and means OR in others.
void write_concat(compiler& out, const binary_node& n) {
    bool first = true;
    out << "CONCAT(";
    write_concat_terms(out, n, first);
    out << ")";
}

void write_not_distinct(compiler& out, const binary_node& n) {
    out.operand(*n.left, comparison + 1) << " <=> ";
    out.operand(*n.right, comparison + 1);
}

bool is_unsigned(k kind) { return kind == k::unsigned_small_integer || kind == k::unsigned_integer || kind == k::unsigned_big_integer; }

bool is_computed_as_signed(const binary_node& n);

/// A value that is sent brings its own sign; what was computed as signed is.
bool is_unsigned_in_sql(const node& n) {
    if (node_cast<bind_node>(&n) || node_cast<literal_node>(&n)) return false;
    const auto* computed = node_cast<binary_node>(&n);
    return is_unsigned(type_of(n).kind) && !(computed && is_computed_as_signed(*computed));
}

/// Where one operand is unsigned the result is too, and a negative one is an error: the unsigned ones are computed with as signed.
bool is_computed_as_signed(const binary_node& n) {
    if (n.op != binary_operator::add && n.op != binary_operator::subtract && n.op != binary_operator::multiply) return false;
    const bool left = is_unsigned_in_sql(*n.left);
    const bool right = is_unsigned_in_sql(*n.right);
    return n.op == binary_operator::subtract ? left || right : left != right;
}

void write_signed_operand(compiler& out, const node& n, int outer) {
    if (!is_unsigned_in_sql(n)) out.operand(n, outer);
    else out << "CAST(" << n << (type_of(n).kind == k::unsigned_big_integer ? " AS DECIMAL(20, 0))" : " AS SIGNED)");
}

void write_arithmetic(compiler& out, const binary_node& n) {
    if (!is_computed_as_signed(n)) return write_plainly(out, n);
    const int binding = precedence_of(n);
    write_signed_operand(out, *n.left, binding);
    out << (n.op == binary_operator::add ? " + " : n.op == binary_operator::subtract ? " - " : " * ");
    write_signed_operand(out, *n.right, binding + 1);
}

/// A pattern that stands in the SQL, with its backslashes doubled; null where it does not.
std::optional<std::string> literal_pattern(const node& pattern) {
    const auto* literal = node_cast<literal_node>(&pattern);
    if (!literal || literal->content.view().tag != cell_tag::text) return std::nullopt;
    std::string doubled;
    for (const char c : literal->content.view().chars_view()) doubled.append(c == '\\' ? 2 : 1, c);
    return doubled;
}

/// MariaDB's LIKE takes a backslash for an escape in every SQL mode, and takes no empty ESCAPE. Of a pattern that nobody knows yet, a
/// character is the escape that no text has, in whatever character set the column is.
void write_like(compiler& out, const binary_node& n) {
    if (!server_is(out, 1, 0)) return write_plainly(out, n);
    out.operand(*n.left, comparison + 1) << (n.op == binary_operator::like ? " LIKE " : " NOT LIKE ");
    if (const auto pattern = literal_pattern(*n.right)) return write_quoted_text(out, *pattern);
    out.operand(*n.right, comparison + 1) << " ESCAPE X'01'";
}

/// What is left of a negative decimal can be a zero with a sign, which MariaDB takes for less than 0: adding makes it a plain one.
void write_modulo(compiler& out, const binary_node& n) {
    if (type_of(n).kind != k::numeric) return write_plainly(out, n);
    out << "(";
    write_plainly(out, n);
    out << " + 0)";
}

/// MariaDB takes a comparison of rows, and one with a list of a single row, for never NULL, and makes IS NULL of it false: AND is not taken
/// so.
template <class Node>
void write_rows_compared(compiler& out, const Node& n) {
    out << "(";
    ansi_rules().find(Node::static_kind)(out, n);
    out << " AND TRUE)";
}

void write_in(compiler& out, const in_node& n) {
    if (node_cast<tuple_node>(n.set)) write_rows_compared(out, n);
    else ansi_rules().find(in_node::static_kind)(out, n);
}

void write_binary(compiler& out, const binary_node& n) {
    const bool compares_rows = node_cast<tuple_node>(n.left) || node_cast<tuple_node>(n.right);
    switch (n.op) {
        case binary_operator::modulo: return write_modulo(out, n);
        case binary_operator::like:
        case binary_operator::not_like: return write_like(out, n);
        case binary_operator::concat: return write_concat(out, n);
        case binary_operator::is_not_distinct_from: return write_not_distinct(out, n);
        case binary_operator::is_distinct_from:
            out << "NOT (";
            write_not_distinct(out, n);
            out << ")";
            return;
        case binary_operator::add:
        case binary_operator::subtract:
        case binary_operator::multiply: return write_arithmetic(out, n);
        default: return compares_rows ? write_rows_compared(out, n) : write_plainly(out, n);
    }
}

std::string as_text(const cell& value) {
    arena scratch;
    return std::string{convert(value, cell_tag::text, scratch).chars_view()};
}

/// 1.5 would be a decimal.
void write_real(compiler& out, double v) {
    if (!std::isfinite(v)) throw_error(errc::value_range, fmt::format("the database has no {}: use NULL, or a text column", v));
    const std::string digits = fmt::format("{}", v);
    out << digits << (digits.find('e') == std::string::npos ? "e0" : "");
}

void write_literal(compiler& out, const cell& value, const type& of) {
    switch (value.tag) {
        case cell_tag::f64: return write_real(out, value.f64);
        case cell_tag::instant: {
            std::string text = as_text(value);
            text.pop_back();  // the Z: instants are kept in UTC, without a zone
            out << "TIMESTAMP '" << text << "'";
            return;
        }
        case cell_tag::interval: {
            arena scratch;
            out << fmt::format("{}", convert(value, cell_tag::i64, scratch).i64);
            return;
        }
        default: write_ansi_literal(out, value, of);
    }
}

}  // namespace

void set_expression_rules(rule_table& to) {
    to.literal = write_literal;
    to.limit = write_limit_offset;
    to.lone_offset_limit = "18446744073709551615";
    to.rename_function("random", "rand");
    to.set<binary_node, &write_binary>();
    to.set<in_node, &write_in>();
}

}  // namespace azoth::mysql
