#pragma once

#include "attempt.hpp"

#include <functional>
#include <string>
#include <string_view>

namespace azoth::conformance {

enum class outcome : unsigned char { pass, fail, declined, over_delivers };

/// "pass", "fail", "declined", "over-delivers".
[[nodiscard]] std::string_view word_of(outcome o) noexcept;

struct case_result {
    std::string id{};
    outcome how{outcome::pass};
    double seconds{};
    std::string message{};  ///< why; empty for a pass
};

/// What was expected, what came, and the last statements, in lines.
[[nodiscard]] std::string describe_failure(const test_case& which, const attempt& a);

/// Finds a case's outcome: runs it as often as its claim asks for. `run(unchecked)` runs it once.
[[nodiscard]] case_result judge(const test_case& which, bool is_claimed, const std::function<attempt(bool unchecked)>& run);

}  // namespace azoth::conformance
