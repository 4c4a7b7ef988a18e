#pragma once

#include "session_core.hpp"

namespace azoth::orm::detail {

/// An updated object's columns may have been set by the program rather than by relations: those that they decide, and the other sides of
/// those, are read again. `before` is what the columns were.
void unload_by_columns(session_core& in, const instance& updated, const kept_columns& before) noexcept;

}  // namespace azoth::orm::detail
