#pragma once

#include <azoth/conformance/case.hpp>

#include <vector>

/// The suite's areas, a file each (more where an area is large): what `all_cases` is made of.
namespace azoth::conformance::areas {

[[nodiscard]] std::vector<test_case> dialect();
[[nodiscard]] std::vector<test_case> results();
[[nodiscard]] std::vector<test_case> rowcount();
[[nodiscard]] std::vector<test_case> insert();
[[nodiscard]] std::vector<test_case> bulk();
[[nodiscard]] std::vector<test_case> types();
[[nodiscard]] std::vector<test_case> values();
[[nodiscard]] std::vector<test_case> unicode();
[[nodiscard]] std::vector<test_case> identifiers();
[[nodiscard]] std::vector<test_case> transactions();
[[nodiscard]] std::vector<test_case> errors();
[[nodiscard]] std::vector<test_case> connection();

}  // namespace azoth::conformance::areas
