#pragma once

#include <azoth/conformance/case.hpp>

#include <vector>

/// The parts of the area `types`, a file each.
namespace azoth::conformance::areas::types_parts {

[[nodiscard]] std::vector<test_case> texts();
[[nodiscard]] std::vector<test_case> numbers();
[[nodiscard]] std::vector<test_case> decimals();
[[nodiscard]] std::vector<test_case> times();
[[nodiscard]] std::vector<test_case> documents();
[[nodiscard]] std::vector<test_case> others();
[[nodiscard]] std::vector<test_case> arrays();
[[nodiscard]] std::vector<test_case> casts();

}  // namespace azoth::conformance::areas::types_parts
