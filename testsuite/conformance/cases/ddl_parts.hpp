#pragma once

#include <azoth/conformance/case.hpp>

#include <vector>

/// The parts of the area `ddl`, a file each.
namespace azoth::conformance::areas::ddl_parts {

/// ALTER, statement by statement.
[[nodiscard]] std::vector<test_case> alterations();
/// Whole schemas that become others.
[[nodiscard]] std::vector<test_case> changes();

}  // namespace azoth::conformance::areas::ddl_parts
