// Expressions that mean something else in PostgreSQL than in ANSI's words, or nothing.
#include "rules.hpp"

#include <array>

namespace azoth::postgresql {
namespace {

using k = type_kind;

/// A bound value carries its type, so that functions with several forms, CASE and NULL find theirs.
void write_bind(compiler& out, const bind_node& n) {
    out.parameter(n);
    write_bind_cast(out, n.type);
}

bool is_text(const type& t) { return family_of(t.kind) == type_family::text; }

/// In SQL of the program's own a text stays without a cast: it may be compared with an inet, a uuid or an enum type.
void write_text_bind(compiler& out, const node& n) {
    const auto* bind = node_cast<bind_node>(&n);
    if (bind && is_text(bind->type)) out.parameter(*bind);
    else out << n;
}

void write_text(compiler& out, const text_node& n) {
    text_node whole{};
    whole.pieces.emplace_back();
    whole.columns = n.columns;
    ansi_rules().find(text_node::static_kind)(out, whole);  // says what the statement returns
    for (std::size_t i = 0; i < n.pieces.size(); ++i) {
        out << n.pieces[i];
        if (i >= n.binds.size()) break;
        const auto* bind = node_cast<bind_node>(n.binds[i]);
        if (bind && bind->is_list) write_text_list(out, *bind, n.pieces[i]);
        else write_text_bind(out, *n.binds[i]);
    }
}

bool is_floating(const node& n) {
    const type_kind kind = type_of(n).kind;
    return kind == k::real || kind == k::double_;
}

/// PostgreSQL has no remainder of floating-point numbers, but one of decimals.
void write_modulo(compiler& out, const binary_node& n) {
    out << "CAST(";
    write_as_decimal(out, n.left);
    out << " % ";
    write_as_decimal(out, n.right);
    out << " AS DOUBLE PRECISION)";
}

bool compares(binary_operator op) {
    using o = binary_operator;
    return op <= o::greater_equal || op == o::is_distinct_from || op == o::is_not_distinct_from;
}

void write_binary(compiler& out, const binary_node& n) {
    if (n.op == binary_operator::modulo && (is_floating(*n.left) || is_floating(*n.right))) return write_modulo(out, n);
    binary_node met = n;
    if (compares(n.op)) meet_as_labels(met.left, met.right);
    ansi_rules().find(binary_node::static_kind)(out, met);
    // A backslash is a character like others, as in ANSI's LIKE.
    if (n.op == binary_operator::like || n.op == binary_operator::not_like) out << " ESCAPE ''";
}

bool is_number(type_kind kind) { return family_of(kind) == type_family::number; }

/// A list's elements have no casts: PostgreSQL takes them to be of the operand's type, which may be too narrow for them.
node_ptr as_wide_as(const node_ptr& list, const node_ptr& operand) {
    const auto* bind = node_cast<bind_node>(list);
    if (!bind || !is_number(bind->type.kind) || !is_number(type_of(*operand).kind) || is_of_type(*operand, bind->type.kind)) return operand;
    return make_node<const cast_node>(operand, type{bind->type.kind});
}

void write_in(compiler& out, const in_node& n) {
    if (const auto* lists = node_cast<tuple_node>(n.set)) return write_tuple_in_list(out, n, *lists);
    in_node widened = n;
    widened.operand = as_wide_as(n.set, n.operand);
    ansi_rules().find(in_node::static_kind)(out, widened);
}

/// Booleans and numbers are cast to each other by way of INTEGER only, and that is how other databases make texts of them.
void write_cast(compiler& out, const cast_node& n) {
    const type_kind from = type_of(*n.operand).kind;
    if (n.type.kind == k::boolean && is_number(from)) {
        out << "(" << n.operand << " <> 0)";
    } else if (from == k::boolean && (is_number(n.type.kind) || is_text(n.type))) {
        out << "CAST(CAST(" << n.operand << " AS INTEGER) AS ";
        out.type_name(n.type) << ")";
    } else if (from == k::interval && is_number(n.type.kind)) {  // as elsewhere, where an interval is a number of microseconds
        out << "CAST(EXTRACT(EPOCH FROM " << n.operand << ") * 1000000 AS ";
        out.type_name(n.type) << ")";
    } else {
        out << "CAST(" << n.operand << " AS ";
        out.type_name(n.type) << ")";
    }
}

}  // namespace

bool is_of_type(const node& e, type_kind kind) {
    const auto* operation = node_cast<operation_node>(&e);
    const bool is_bits = operation && operation->op >= azoth::operation::bit_and && operation->op <= azoth::operation::shift_right;
    const bool is_told = node_cast<column_node>(&e) || node_cast<bind_node>(&e) || node_cast<cast_node>(&e) || is_bits;
    return type_of(e).kind == kind && (is_told || !is_integer(kind));
}

/// A floating-point number as a decimal. A cast alone would keep 15 digits, of REAL six: the text has as many as tell it from all others.
void write_as_decimal(compiler& out, const node_ptr& n) {
    if (is_floating(*n)) out << "CAST(CAST(CAST(" << n << " AS DOUBLE PRECISION) AS TEXT) AS NUMERIC)";
    else out << "CAST(" << n << " AS NUMERIC)";
}

void set_expression_rules(rule_table& to) {
    to.set<bind_node, &write_bind>();
    to.set<text_node, &write_text>();
    to.set<binary_node, &write_binary>();
    to.set<in_node, &write_in>();
    to.set<cast_node, &write_cast>();
}

}  // namespace azoth::postgresql
