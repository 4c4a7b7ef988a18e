#pragma once

#include <azoth/orm/entity_class.hpp>

#include <cstddef>
#include <vector>

namespace azoth::orm::detail {

// The foreign keys of tables, as classes see them: by places among their columns, in whichever of their tables.

/// A foreign key that rows of a class have, and the class's columns in it. Those that join a struct to the one that it inherits are none.
struct row_key {
    const foreign_key* key;
    std::vector<std::size_t> columns;
};
[[nodiscard]] std::vector<row_key> keys_of_rows(const entity_class& of);
/// Whether a foreign key leads to one of the class's tables.
[[nodiscard]] bool refers_to(const foreign_key& key, const entity_class& to) noexcept;
/// The class's columns that a foreign key leads to; empty where others that share its rows have some of them.
[[nodiscard]] std::vector<std::size_t> referred_columns(const foreign_key& key, const entity_class& to);

}  // namespace azoth::orm::detail
