#pragma once

#include "suite_result.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace azoth::conformance {

/// What is to do in an area: how many of its cases fail, and why most of them do.
struct next_step {
    std::string area{};
    std::size_t failed{};
    std::size_t cases{};
    std::string reason{};  ///< one line
    std::size_t times{};   ///< how many of the failures have it
    std::string first{};   ///< the id of the first one
};
/// The areas with failures, in the suite's order: later areas stand on earlier ones.
[[nodiscard]] std::vector<next_step> next_steps(const suite_result& of);
/// For people; empty where nothing is to do. `name` is the database's.
[[nodiscard]] std::string next_steps_text(std::string_view name, const suite_result& of);

/// Why a case failed, on one line: what was thrown, else the first assertion that did not hold.
[[nodiscard]] std::string reason_of(const case_result& failed);

}  // namespace azoth::conformance
