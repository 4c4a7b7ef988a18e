#pragma once

#include <azoth/conformance/case.hpp>

#include <vector>

/// The parts of the area `results`, a file each.
namespace azoth::conformance::areas::results_parts {

[[nodiscard]] std::vector<test_case> batches();
[[nodiscard]] std::vector<test_case> open_results();
[[nodiscard]] std::vector<test_case> streams();

}  // namespace azoth::conformance::areas::results_parts
