#pragma once

#include <azoth/schema/alter_nodes.hpp>
#include <azoth/schema/ddl_nodes.hpp>
#include <azoth/sql/rules.hpp>

#include <span>
#include <string>
#include <string_view>

namespace azoth {

/// ANSI's way to write everything, DDL included: where a dialect's own table starts. What differs inside CREATE TABLE is in its `ddl`.
AZOTH_API const rule_table& ansi_rules();

// What dialects write with.

/// ("a", "b")
AZOTH_API void write_names(compiler& out, std::span<const std::string> names);
/// The name of a constraint or an index. Naming conventions make them of up to `longest_name` bytes; where the database takes only shorter
/// ones it becomes its beginning and a hash, as `short_name` makes it, whoever has said it. What is longer than that no convention makes:
/// it is refused when it is written.
[[nodiscard]] AZOTH_API std::string made_name(const compiler& out, std::string_view name);
/// CONSTRAINT "name" FOREIGN KEY ..., as CREATE and ALTER TABLE have it.
AZOTH_API void write_constraint(compiler& out, const table_constraint& constraint);
/// The name of a column's type, as CREATE TABLE has it. Asks `ddl.column_type`, and so is not for that one to call: there
/// `compiler::type_name` writes the usual name.
AZOTH_API void write_column_type(compiler& out, const table_definition& of, std::size_t column);
/// The name and all that is said of a column.
AZOTH_API void write_column_definition(compiler& out, const table_definition& of, std::size_t column);
/// The column's default behind the word DEFAULT. It has one.
AZOTH_API void write_column_default(compiler& out, const table_definition& of, std::size_t column);
/// The elements of an index in parentheses. `bound` may be null: how many characters of a text go into the index, "(255)", or nothing.
AZOTH_API void write_index_elements(compiler& out, const create_index_node& of,
                                    void (*bound)(compiler&, const create_index_node&, const index_element&) = nullptr);
/// Refuses what the server does not claim of indexes.
AZOTH_API void require_index(const compiler& out, const index_definition& index);
/// " START WITH 1 INCREMENT BY 1 ...", what is said of it.
AZOTH_API void write_sequence_options(compiler& out, const sequence_options& options);
/// A schema expression: without its table's name, values as literals.
AZOTH_API void write_schema_expression(compiler& out, const node& expression);
/// The same with parentheses around what is more than a literal, a word or a call.
AZOTH_API void write_default(compiler& out, const node& expression);
/// Whether a foreign key changes the column when the row that it refers to changes or goes.
[[nodiscard]] AZOTH_API bool is_changed_by_key(const table_definition& of, std::string_view column);

}  // namespace azoth
