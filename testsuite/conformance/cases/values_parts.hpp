#pragma once

#include <azoth/conformance/case.hpp>

#include <vector>

/// The parts of the area `values`, a file each.
namespace azoth::conformance::areas::values_parts {

[[nodiscard]] std::vector<test_case> numbers();
[[nodiscard]] std::vector<test_case> texts();
[[nodiscard]] std::vector<test_case> large();
[[nodiscard]] std::vector<test_case> times();
[[nodiscard]] std::vector<test_case> refused();

}  // namespace azoth::conformance::areas::values_parts
