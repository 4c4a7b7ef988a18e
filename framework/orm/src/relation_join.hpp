#pragma once

#include <azoth/orm/relation_path.hpp>
#include <azoth/sql/nodes/select.hpp>

#include <span>
#include <vector>

namespace azoth::orm::detail {

/// A relation by its member; null: the class has none such.
[[nodiscard]] const relation_info* relation_named(const entity_class& of, const member_name& name) noexcept;

// A class in a statement: its columns, and behind them those that classes which inherit it have in its tables. The source of a class in
// several tables is a join of them.

/// Under names that the compiler makes up.
[[nodiscard]] query_side alias_side(const entity_class& of);
[[nodiscard]] query_side table_side(const entity_class& of);
/// The side of a class whose own table is this source, or has this alias; empty where the source is another one.
[[nodiscard]] query_side side_in(const node_ptr& source, const entity_class& of);

/// Joins of what `r` leads to. `renames`: a table between gets another name too, so that it can be there twice.
[[nodiscard]] std::vector<join_item> joins_along(const relation_info& r, const query_side& from, const query_side& to, join_kind kind,
                                                 bool renames);

/// The same in a query, which may have joined the other tables of the class to the source already.
[[nodiscard]] query_side side_within(const select_node& query, const node_ptr& source, const entity_class& of);
/// What a program has named, with all that the class has; empty: the class's own table. Throws interface_error (misuse) for what is
/// neither its table nor an alias of that, where the class is in several.
[[nodiscard]] query_side said_side(const query_side& said, const entity_class& of);
/// A side as its own table alone, whose columns are those of the mapping.
[[nodiscard]] query_side mapped_side(const entity_class& of, const query_side& side);

/// What an alias renames; itself where it is none.
[[nodiscard]] const node_ptr& table_beneath(const node_ptr& source);
/// A source, or those that a nested join joins.
[[nodiscard]] std::vector<node_ptr> sources_in(const node_ptr& target);
[[nodiscard]] node_ptr all_of(std::vector<node_ptr> terms);
/// The condition, and that rows are of the class, which has this side.
[[nodiscard]] node_ptr with_class(node_ptr condition, const entity_class& of, const query_side& side);
/// That these columns equal those, one by one.
[[nodiscard]] node_ptr all_equal(std::span<const node_ptr> own, std::span<const node_ptr> other);

/// The relation's order of what it leads to, in these columns.
void add_order(std::vector<node_ptr>& to, const relation_info& r, std::span<const node_ptr> columns);

}  // namespace azoth::orm::detail
