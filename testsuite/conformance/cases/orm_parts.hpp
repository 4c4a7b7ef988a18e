#pragma once

#include <azoth/conformance/case.hpp>

#include <vector>

/// Parts of the ORM's area.
namespace azoth::conformance::areas::parts {

[[nodiscard]] std::vector<test_case> orm_collections();
[[nodiscard]] std::vector<test_case> orm_inheritance();
[[nodiscard]] std::vector<test_case> orm_keys();
[[nodiscard]] std::vector<test_case> orm_relations();
[[nodiscard]] std::vector<test_case> orm_sessions();
[[nodiscard]] std::vector<test_case> orm_values();

}  // namespace azoth::conformance::areas::parts
