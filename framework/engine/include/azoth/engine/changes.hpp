#pragma once

#include <azoth/engine/engine.hpp>
#include <azoth/schema/changes.hpp>

namespace azoth {

/// Runs the statements on a connection of its own: the steps in one transaction where the database has them for DDL, else each by itself,
/// so that what fails leaves those before it done. What is impossible is not looked at. Throws what the statements throw.
AZOTH_API void apply_changes(const engine& to, const schema_changes& changes);

}  // namespace azoth
