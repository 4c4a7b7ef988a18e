#pragma once

#include <azoth/conformance/case.hpp>

#include <vector>

/// The area of expressions, a file for each part.
namespace azoth::conformance::areas::expressions_parts {

[[nodiscard]] std::vector<test_case> numbers();
[[nodiscard]] std::vector<test_case> texts();
[[nodiscard]] std::vector<test_case> patterns();
[[nodiscard]] std::vector<test_case> lists();
[[nodiscard]] std::vector<test_case> conditions();
[[nodiscard]] std::vector<test_case> own_constructs();

}  // namespace azoth::conformance::areas::expressions_parts
