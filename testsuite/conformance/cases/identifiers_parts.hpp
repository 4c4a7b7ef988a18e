#pragma once

#include <azoth/conformance/case.hpp>

#include <vector>

/// The parts of the area `identifiers`, a file each.
namespace azoth::conformance::areas::identifiers_parts {

[[nodiscard]] std::vector<test_case> lengths();
[[nodiscard]] std::vector<test_case> places();

}  // namespace azoth::conformance::areas::identifiers_parts
