#pragma once

#include <azoth/azoth.hpp>
#include <azoth/conformance/case.hpp>

#include <functional>
#include <string>
#include <vector>

namespace azoth::conformance {

/// What became of running a case once.
struct attempt {
    enum class ending : unsigned char { passed, failed, declined };
    ending how{ending::passed};
    std::vector<std::string> failures{};     ///< what was expected and what came, with file and line
    std::vector<std::string> left_behind{};  ///< what could not be cleaned up; the attempt has failed then
    std::vector<std::string> statements{};   ///< the last ones, as compiled, with their parameters
    std::string thrown_class{};              ///< of the error that was the first failure: "not_supported_error"; empty: no error was
    std::string why_declined{};
};

/// Runs the case once, on an engine of its own. One at a time in a process: Catch2 has one run. A signal that ends the process is told to
/// `last_words` first, in the signal's handler: what is known until then.
[[nodiscard]] attempt run_once(const test_case& which, const url& target, bool unchecked,
                               const std::function<void(const attempt&)>& last_words = {});

}  // namespace azoth::conformance
