#pragma once

#include <azoth/orm/entity_class.hpp>

#include <optional>
#include <span>
#include <vector>

namespace azoth::orm::detail {

// How the classes of structs that inherit each other are made of each other.

[[nodiscard]] inline bool is_same_table(const table_node& a, const table_node& b) noexcept {
    return &a == &b || (a.name == b.name && a.schema == b.schema);
}

/// The class that a struct shares its rows with; null: none.
[[nodiscard]] const entity_class* base_class_of(const mapped_table& t);
[[nodiscard]] std::vector<class_column> columns_of(const mapped_table& t, const entity_class* base);
[[nodiscard]] std::vector<class_part> parts_of(const mapped_table& t, const entity_class* base, std::size_t columns);
/// The one table, or a join of all by their keys; `tables`: under what names a statement has them.
[[nodiscard]] node_ptr joined_parts(std::span<const class_part> parts, std::span<const node_ptr> tables);
[[nodiscard]] node_ptr joined_parts(std::span<const class_part> parts);
[[nodiscard]] std::vector<std::size_t> key_columns(std::span<const class_column> columns);
[[nodiscard]] std::optional<std::size_t> find_discriminator(const mapped_table& t, std::span<const class_column> columns);
/// That rows can be told apart. Throws interface_error (mapping).
void check_inheritance(const entity_class& of);

/// What of a row of `of`, with what others have in its tables, is of which class. Throws interface_error (mapping) for a row of none.
[[nodiscard]] const polymorphic_row::kind& kind_of_row(const entity_class& of, std::span<const cell> row);
/// The condition that rows are of a class, in these columns of it; null: all are.
[[nodiscard]] node_ptr is_of_class(const entity_class& of, std::span<const node_ptr> columns);
/// Gives an object what tells of its class. Throws interface_error (misuse) for a class without rows of its own.
void set_discriminator(instance& i);

}  // namespace azoth::orm::detail
