#pragma once

#include <azoth/schema/ddl_nodes.hpp>
#include <azoth/sql/rules.hpp>

#include <functional>
#include <string_view>

namespace azoth::detail {

void set_ddl_table_rules(rule_table& to);
void set_ddl_object_rules(rule_table& to);
void set_ddl_alter_rules(rule_table& to);
/// Throws interface_error (mapping) where it is no enumeration with a name.
object_name enum_name(const type& t);
/// That a server has objects of this kind at all.
void require_kind(const compiler& out, object_kind kind);
/// "TABLE", "MATERIALIZED VIEW" ...
std::string_view word_for(object_kind kind);
/// Writes a statement that runs only where its object is there, or is not: with IF [NOT] EXISTS, which `write` gets, or inside what the
/// dialect has in its place.
void write_guarded(compiler& out, std::string_view object, std::string_view name, std::string_view guard,
                   const std::function<void(std::string_view guard)>& write);
/// The query of a view or of CREATE TABLE AS, with its values as literals.
void write_defining_query(compiler& out, const node& query);

}  // namespace azoth::detail
