#pragma once

#include <azoth/sql/compiler.hpp>

namespace azoth::detail {

// ANSI's rules, a file each.
void set_expression_rules(rule_table& rules);
void set_operation_rules(rule_table& rules);
void set_operator_rules(rule_table& rules);
void set_source_rules(rule_table& rules);
void set_select_rules(rule_table& rules);
void set_dml_rules(rule_table& rules);
void set_type_rules(rule_table& rules);

/// Writes what stands behind an aggregate's parentheses: WITHIN GROUP, FILTER.
void write_aggregate_end(compiler& out, const function_node& n);
/// Writes `returning`, after the capability has been asked for.
void write_returning(compiler& out, const std::vector<select_item>& items);
/// Writes " WHERE a AND b", or nothing.
void write_where(compiler& out, std::string_view keyword, const std::vector<node_ptr>& terms);
/// Writes "WITH ..." for the CTEs that the statement uses, or nothing.
void write_ctes(compiler& out, const node& statement);

}  // namespace azoth::detail
