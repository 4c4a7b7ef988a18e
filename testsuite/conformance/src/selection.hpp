#pragma once

#include <azoth/conformance/case.hpp>

#include <span>
#include <string>
#include <vector>

namespace azoth::conformance {

/// The suite's cases and those of the program's own. Throws interface_error for an id that comes twice or is none.
[[nodiscard]] std::vector<test_case> join_cases(std::span<const test_case> own);

/// Those that a filter names, an area or a case's id; all without a filter. Throws interface_error for a filter that names nothing.
[[nodiscard]] std::vector<test_case> select_cases(std::span<const test_case> from, std::span<const std::string> filters);

/// Areas in the cases' order.
[[nodiscard]] std::vector<std::string> areas_of(std::span<const test_case> cases);

}  // namespace azoth::conformance
