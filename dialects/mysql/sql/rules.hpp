#pragma once

#include <azoth/dialect.hpp>

namespace azoth::mysql {

/// How MySQL and MariaDB write SQL; where they differ, the rules ask the profile. Made once.
const rule_table& rules();

// The parts of it, a file each.
void set_type_rules(rule_table& to);
void set_expression_rules(rule_table& to);
void set_moment_rules(rule_table& to);
void set_aggregate_rules(rule_table& to);
void set_operator_rules(rule_table& to);
void set_document_rules(rule_table& to);
void set_ddl_rules(rule_table& to);
void set_index_rules(rule_table& to);
void set_object_rules(rule_table& to);
void set_table_rules(rule_table& to);
void set_dml_rules(rule_table& to);

/// The type as CAST has it: there are names of its own.
std::string cast_name(const compiler& out, const type& t);

/// MariaDB, or MySQL, of at least this version; 0: none of that kind.
bool server_is(const compiler& out, std::uint32_t mariadb, std::uint32_t mysql);

/// What InnoDB keeps beside the row, and so cannot index as a whole.
bool is_boundless(const type& t);
/// Null where the table has no such column.
const column_spec* find_spec(const table_definition& t, std::string_view name);
void refuse_boundless(const table_definition& t, const std::vector<std::string>& columns, std::string_view what);

}  // namespace azoth::mysql
