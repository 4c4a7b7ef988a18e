#pragma once

#include <azoth/conformance/claim.hpp>

#include <span>
#include <string_view>

namespace azoth::conformance {

class context;

/// One behaviour, written once for all dialects. A case owns its tables, so that cases run in any order, alone or in parallel, on a
/// database that is not empty. It asserts with Catch2's macros (REQUIRE, CHECK) and with what `context` offers.
struct test_case {
    std::string_view id;        ///< "area/behaviour", lower case with hyphens; stable
    std::string_view expected;  ///< one line for people: what has to happen
    claim rests_on{};
    void (*run)(context& on){};
};

/// Every case of the suite, in the order of its areas. Made once.
[[nodiscard]] std::span<const test_case> all_cases();
/// "area" of "area/behaviour".
[[nodiscard]] std::string_view area_of(const test_case& of) noexcept;

}  // namespace azoth::conformance
