#pragma once

#include <azoth/dialect.hpp>

namespace azoth::postgresql {

/// How PostgreSQL writes SQL. Made once.
const rule_table& rules();

// The parts of it, a file each.
void set_type_rules(rule_table& to);
void set_ddl_rules(rule_table& to);
void set_enum_rules(rule_table& to);
void set_expression_rules(rule_table& to);
void set_moment_rules(rule_table& to);
void set_aggregate_rules(rule_table& to);
void set_operator_rules(rule_table& to);
void set_table_rules(rule_table& to);
void set_document_rules(rule_table& to);

/// Writes a value as a literal that has its type by itself.
void write_literal(compiler& out, const cell& value, const type& of);

/// A tuple IN a list of them.
void write_tuple_in_list(compiler& out, const in_node& n, const tuple_node& lists);

/// Makes two texts of which one is a label of such a type comparable: PostgreSQL compares labels with labels of the same type alone.
void meet_as_labels(node_ptr& left, node_ptr& right);

/// A number as a decimal: of a double all the digits that tell it from others.
void write_as_decimal(compiler& out, const node_ptr& n);

/// Whether PostgreSQL has it in the type that the tree says: its functions often give INTEGER where a tree says 64 bits.
bool is_of_type(const node& e, type_kind kind);
/// Whether it is an enumeration that the database has as a type.
bool is_named_enum(const type& t) noexcept;
/// Writes the type's name without its size: a cast to VARCHAR(5) or NUMERIC(4, 1) would cut or round what is compared.
void write_unsized_type(compiler& out, const type& of);
/// The type to which a bound value is cast, as it stands in "$1::BIGINT"; nothing is written, and false returned, where the statement
/// around it says better.
bool write_bind_cast(compiler& out, const type& of);

}  // namespace azoth::postgresql
