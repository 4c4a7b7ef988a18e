#pragma once

#include "snapshot.hpp"

#include <azoth/sql/node.hpp>

#include <optional>
#include <vector>

namespace azoth::orm::detail {

/// The column that changes with each update of a row, where the mapping has one. Throws interface_error (mapping) for several, and for one
/// that cannot be counted up.
[[nodiscard]] std::optional<std::size_t> find_version(const entity_class& of);

/// The first version of a new object.
void begin_version(instance& i);
/// That of a new object whose row another one had: the next one.
void continue_version(instance& i, const instance& before);
/// The next one of an object that is about to be updated, unless the program has set one; adds the column to those that have changed.
void advance_version(instance& i, std::vector<std::size_t>& changed);
/// ... WHERE it has the version that was read, where this part of it has a version.
void add_version(std::vector<node_ptr>& where, const class_part& part, const instance& i);

/// Throws stale_data_error: `what` has happened to the object's row.
[[noreturn]] void throw_stale(const instance& i, std::string_view what);

}  // namespace azoth::orm::detail
