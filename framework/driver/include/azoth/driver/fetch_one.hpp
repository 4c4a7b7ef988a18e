#pragma once

#include <azoth/driver/cursor.hpp>

#include <span>

namespace azoth::detail {

/// Fetches one row into its cells; false at the end. Throws internal_error where the driver says that it were more.
bool fetch_one(cursor& from, std::span<cell> into);

}  // namespace azoth::detail
