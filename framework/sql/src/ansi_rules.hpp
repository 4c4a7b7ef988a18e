#pragma once

#include <azoth/sql/compiler.hpp>
#include <azoth/sql/nodes/sources.hpp>

namespace azoth::detail {

// ANSI's rules, a file each.
void set_expression_rules(rule_table& rules);
void set_operation_rules(rule_table& rules);
void set_operator_rules(rule_table& rules);
void set_call_rules(rule_table& rules);
void set_window_rules(rule_table& rules);
void set_order_rules(rule_table& rules);
void set_grouping_rules(rule_table& rules);
void set_source_rules(rule_table& rules);
void set_table_rules(rule_table& rules);
void set_compound_rules(rule_table& rules);
void set_select_rules(rule_table& rules);
void set_dml_rules(rule_table& rules);
void set_insert_rules(rule_table& rules);
void set_upsert_rules(rule_table& rules);
void set_update_rules(rule_table& rules);
void set_type_rules(rule_table& rules);

/// Whether both are one expression, with the same bound values; wherever else they are equal, they need not be so the next time.
bool same_expression(const node& a, const node& b);
/// What the label names; what is no label as it is.
const node& without_label(const node& e);
/// By which the query itself knows its item: the innermost label, for a subquery puts other names around those that there are. May be null.
const label_node* own_label(const node& item);
/// The place in the result that `position` says; 0: it is something else.
std::size_t place_said(const node& key);
/// Writes a whole number as a key of ORDER BY or GROUP BY that is no position; false where the key is something else.
bool write_constant_key(compiler& out, const node& key);
/// Writes " OVER ...".
void write_over(compiler& out, const window_node& n);
/// Whether NULLs are to be elsewhere than this database puts them, and take a key of their own.
bool moves_nulls(const compiler& out, const order_node& n);
/// Writes expressions by which the query groups its rows, each as the result has it where it does.
void write_keys(compiler& out, const std::vector<node_ptr>& keys);
/// Writes " NULLS FIRST" or " NULLS LAST" where it is said, and the database has it.
void write_nulls_order(compiler& out, const order_node& n);
/// Writes " GROUP BY ...", or nothing.
void write_group_by(compiler& out, const select_node& n);
/// Writes " WINDOW name AS (...)", or nothing.
void write_windows(compiler& out, const select_node& n);
/// Writes " ORDER BY ...", or nothing; the items are those of the query or of a set operation's first part.
void write_order_by(compiler& out, const std::vector<node_ptr>& order_by, const std::vector<select_item>& items);
/// Writes LIMIT and OFFSET by the dialect's rule, or what FETCH FIRST can do beyond.
void write_limits(compiler& out, const node_ptr& limit, const node_ptr& offset, limit_kind kind, bool is_ordered);
/// The place in the result, from 1, of the item that is this expression, where values are bound in it: written a second time it would not
/// be the same expression to the database. 0: it can be written again.
std::size_t place_to_name(const node& expression, const std::vector<select_item>& items);
/// Writes " WHERE a AND b", or nothing.
void write_where(compiler& out, std::string_view keyword, const std::vector<node_ptr>& terms);
/// Whether a query ends in what a set operation would take for its own: an order, a limit.
bool has_tail(const select_node& n);
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
