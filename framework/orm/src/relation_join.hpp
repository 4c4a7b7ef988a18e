#pragma once

#include <azoth/orm/relation_path.hpp>

#include <span>
#include <vector>

namespace azoth::orm::detail {

/// A relation by its member; null: the class has none such.
[[nodiscard]] const relation_info* relation_named(const entity_class& of, const member_name& name) noexcept;

/// The class's table under a name that the compiler makes up.
[[nodiscard]] query_side alias_side(const entity_class& of);
[[nodiscard]] query_side table_side(const entity_class& of);

/// Joins of what `r` leads to. `renames`: a table between gets another name too, so that it can be there twice.
[[nodiscard]] std::vector<join_item> joins_along(const relation_info& r, const query_side& from, const query_side& to, join_kind kind,
                                                 bool renames);

[[nodiscard]] node_ptr all_of(std::vector<node_ptr> terms);

/// The relation's order of what it leads to, in these columns.
void add_order(std::vector<node_ptr>& to, const relation_info& r, std::span<const node_ptr> columns);

}  // namespace azoth::orm::detail
