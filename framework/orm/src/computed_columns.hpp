#pragma once

#include "session_core.hpp"

#include <span>

namespace azoth::orm::detail {

/// Whether the database computes the column from others.
[[nodiscard]] bool is_computed(const entity_class& of, std::size_t column) noexcept;
/// Reads columns of objects of one class, found by their keys; an object whose row is not there, null where all are.
const instance* read_columns(session_core& in, std::span<instance* const> objects, std::span<const std::size_t> columns);
/// Reads what the database has made of rows of one class that have just been updated: computed columns, and those that an expression of the
/// mapping fills in.
void read_computed(session_core& in, std::span<instance* const> updated);

}  // namespace azoth::orm::detail
