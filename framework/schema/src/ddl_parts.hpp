#pragma once

#include <azoth/schema/ddl_nodes.hpp>
#include <azoth/sql/rules.hpp>

namespace azoth::detail {

void set_ddl_table_rules(rule_table& to);
void set_ddl_object_rules(rule_table& to);
/// The query of a view or of CREATE TABLE AS, with its values as literals.
void write_defining_query(compiler& out, const node& query);

}  // namespace azoth::detail
