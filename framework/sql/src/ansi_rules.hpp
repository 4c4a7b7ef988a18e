#pragma once

#include <azoth/sql/compiler.hpp>
#include <azoth/sql/nodes/sources.hpp>

namespace azoth::detail {

// ANSI's rules, a file each.
void set_expression_rules(rule_table& rules);
void set_operation_rules(rule_table& rules);
void set_operator_rules(rule_table& rules);
void set_source_rules(rule_table& rules);
void set_table_rules(rule_table& rules);
void set_compound_rules(rule_table& rules);
void set_select_rules(rule_table& rules);
void set_dml_rules(rule_table& rules);
void set_type_rules(rule_table& rules);

/// Writes what stands behind an aggregate's parentheses: WITHIN GROUP, FILTER.
void write_aggregate_end(compiler& out, const function_node& n);
/// Writes `returning`, after the capability has been asked for.
void write_returning(compiler& out, const std::vector<select_item>& items);
/// Writes " WHERE a AND b", or nothing.
void write_where(compiler& out, std::string_view keyword, const std::vector<node_ptr>& terms);
/// Whether a query ends in what a set operation would take for its own: an order, a limit.
bool has_tail(const select_node& n);
void write_tail(compiler& out, const std::vector<node_ptr>& order_by, const node_ptr& limit, const node_ptr& offset);
/// Writes a part of a set operation, grouped where the dialect would read it otherwise.
enum class part_places : std::uint8_t { first, later };
void write_part(compiler& out, const node& part, part_places place, set_operator around);
/// Writes what values_node holds as a query.
void write_rows(compiler& out, const values_node& n);
/// Writes the texts that are for this dialect.
void write_texts(compiler& out, const std::vector<dialect_text>& texts, std::string_view before, std::string_view behind);
bool is_for(const compiler& out, const dialect_text& text);
/// Writes "WITH ..." for the CTEs that the statement uses, or nothing.
void write_ctes(compiler& out, const node& statement);

}  // namespace azoth::detail
