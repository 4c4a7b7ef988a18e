#pragma once

#include <azoth/conformance/case.hpp>

#include <vector>

/// The parts of the area `update-delete`, a file each.
namespace azoth::conformance::areas::updates_parts {

[[nodiscard]] std::vector<test_case> joined();

}  // namespace azoth::conformance::areas::updates_parts
