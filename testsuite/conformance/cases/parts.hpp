#pragma once

#include <azoth/conformance/case.hpp>

#include <vector>

/// Large areas, a file for each part.
namespace azoth::conformance::areas::parts {

[[nodiscard]] std::vector<test_case> plain_transactions();
[[nodiscard]] std::vector<test_case> savepoints();
[[nodiscard]] std::vector<test_case> two_phase();
[[nodiscard]] std::vector<test_case> isolation();
[[nodiscard]] std::vector<test_case> conflicts();
[[nodiscard]] std::vector<test_case> ddl_in_transactions();

[[nodiscard]] std::vector<test_case> constraints();
[[nodiscard]] std::vector<test_case> statements();
[[nodiscard]] std::vector<test_case> unfitting_values();
[[nodiscard]] std::vector<test_case> time_limits();

[[nodiscard]] std::vector<test_case> lifetimes();
[[nodiscard]] std::vector<test_case> pools();
[[nodiscard]] std::vector<test_case> resets();
[[nodiscard]] std::vector<test_case> connecting();
[[nodiscard]] std::vector<test_case> hung_up();
[[nodiscard]] std::vector<test_case> events();

/// The parts one after another.
[[nodiscard]] inline std::vector<test_case> joined(std::initializer_list<std::vector<test_case>> parts) {
    std::vector<test_case> all;
    for (const auto& p : parts) all.insert(all.end(), p.begin(), p.end());
    return all;
}

}  // namespace azoth::conformance::areas::parts
