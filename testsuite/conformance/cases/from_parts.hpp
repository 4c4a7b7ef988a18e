#pragma once

#include <azoth/conformance/case.hpp>

#include <vector>

/// The parts of the area `from`, a file each.
namespace azoth::conformance::areas::from_parts {

[[nodiscard]] std::vector<test_case> joins();
[[nodiscard]] std::vector<test_case> subqueries();
[[nodiscard]] std::vector<test_case> tables();
[[nodiscard]] std::vector<test_case> documents();
[[nodiscard]] std::vector<test_case> raw_queries();

}  // namespace azoth::conformance::areas::from_parts
