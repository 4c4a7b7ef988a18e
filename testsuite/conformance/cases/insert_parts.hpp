#pragma once

#include <azoth/conformance/case.hpp>

#include <vector>

/// The parts of the area `insert`, a file each.
namespace azoth::conformance::areas::insert_parts {

[[nodiscard]] std::vector<test_case> from_queries();
[[nodiscard]] std::vector<test_case> returning();

}  // namespace azoth::conformance::areas::insert_parts
