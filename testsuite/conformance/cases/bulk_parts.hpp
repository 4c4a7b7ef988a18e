#pragma once

#include <azoth/conformance/case.hpp>

#include <vector>

/// The parts of the area `bulk`, a file each.
namespace azoth::conformance::areas::bulk_parts {

[[nodiscard]] std::vector<test_case> failures();
[[nodiscard]] std::vector<test_case> orders();
[[nodiscard]] std::vector<test_case> values();

}  // namespace azoth::conformance::areas::bulk_parts
