#pragma once

#include <azoth/conformance/case.hpp>

#include <vector>

/// The parts of the area `dialect`, a file each.
namespace azoth::conformance::areas::dialect_parts {

[[nodiscard]] std::vector<test_case> characters();
[[nodiscard]] std::vector<test_case> isolation();
[[nodiscard]] std::vector<test_case> returning();

}  // namespace azoth::conformance::areas::dialect_parts
