#pragma once

#include <azoth/url/url.hpp>

#include <string>
#include <vector>

namespace azoth::conformance {

/// Drops the tables and rolls back the two-phase transactions whose names begin so: what a process that was killed has left. Returns what
/// could not be dropped, and why.
[[nodiscard]] std::vector<std::string> sweep(const url& target, const std::string& prefix);

}  // namespace azoth::conformance
