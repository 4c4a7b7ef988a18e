#pragma once

#include <azoth/conformance/case.hpp>

#include <vector>

/// The suite's areas, a file each (more where an area is large): what `all_cases` is made of.
namespace azoth::conformance::areas {

[[nodiscard]] std::vector<test_case> dialect_cases();
[[nodiscard]] std::vector<test_case> results_cases();
[[nodiscard]] std::vector<test_case> rowcount_cases();
[[nodiscard]] std::vector<test_case> insert_cases();
[[nodiscard]] std::vector<test_case> keys_cases();
[[nodiscard]] std::vector<test_case> defaults_cases();
[[nodiscard]] std::vector<test_case> upsert_cases();
[[nodiscard]] std::vector<test_case> updates_cases();
[[nodiscard]] std::vector<test_case> bulk_cases();
[[nodiscard]] std::vector<test_case> types_cases();
[[nodiscard]] std::vector<test_case> values_cases();
[[nodiscard]] std::vector<test_case> unicode_cases();
[[nodiscard]] std::vector<test_case> identifiers_cases();
[[nodiscard]] std::vector<test_case> transactions_cases();
[[nodiscard]] std::vector<test_case> errors_cases();
[[nodiscard]] std::vector<test_case> aggregates_cases();
[[nodiscard]] std::vector<test_case> windows_cases();
[[nodiscard]] std::vector<test_case> ordering_cases();
[[nodiscard]] std::vector<test_case> locks_cases();
[[nodiscard]] std::vector<test_case> connection_cases();
[[nodiscard]] std::vector<test_case> options_cases();
[[nodiscard]] std::vector<test_case> moments_cases();
[[nodiscard]] std::vector<test_case> documents_cases();
[[nodiscard]] std::vector<test_case> from_cases();
[[nodiscard]] std::vector<test_case> cte_cases();
[[nodiscard]] std::vector<test_case> compounds_cases();
[[nodiscard]] std::vector<test_case> expressions_cases();
[[nodiscard]] std::vector<test_case> ddl_cases();
[[nodiscard]] std::vector<test_case> reflection_cases();
[[nodiscard]] std::vector<test_case> views_cases();
[[nodiscard]] std::vector<test_case> orm_cases();

}  // namespace azoth::conformance::areas
