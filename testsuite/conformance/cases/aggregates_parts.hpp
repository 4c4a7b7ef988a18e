#pragma once

#include <azoth/conformance/case.hpp>

#include <vector>

/// The areas of aggregates, windows and ordering, a file for each part.
namespace azoth::conformance::areas::aggregates_parts {

[[nodiscard]] std::vector<test_case> numbers();
[[nodiscard]] std::vector<test_case> collections();
[[nodiscard]] std::vector<test_case> ordered_sets();
[[nodiscard]] std::vector<test_case> groupings();

[[nodiscard]] std::vector<test_case> window_functions();
[[nodiscard]] std::vector<test_case> frames();

[[nodiscard]] std::vector<test_case> orders();
[[nodiscard]] std::vector<test_case> limits();

}  // namespace azoth::conformance::areas::aggregates_parts
