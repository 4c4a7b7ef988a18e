#pragma once

#include <azoth/conformance/case.hpp>

#include <vector>

namespace azoth::conformance::areas {

/// The part of the area "reflection" that is about schemas beside the default one, and about what is there before anything is made.
[[nodiscard]] std::vector<test_case> reflection_schema_cases();

}  // namespace azoth::conformance::areas
