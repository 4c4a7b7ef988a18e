#include "outcome.hpp"

#include <fmt/format.h>

#include <chrono>

namespace azoth::conformance {
namespace {

/// Lines behind the first stand below it.
std::string indented(std::string text, std::size_t by) {
    for (auto at = text.find('\n'); at != std::string::npos; at = text.find('\n', at + 1)) text.insert(at + 1, by, ' ');
    return std::string(by, ' ') + text;
}

case_result made(const test_case& which, outcome how, std::string message) { return {std::string{which.id}, how, 0, std::move(message)}; }

/// Whether the case was stopped as its claim says, by that alone.
bool is_refused(const attempt& a, refusal how) {
    if (a.how != attempt::ending::failed || !a.left_behind.empty()) return false;
    return a.thrown_class == (how == refusal::not_supported ? "not_supported_error" : "data_error");
}

std::string_view refusal_words(refusal how) {
    return how == refusal::not_supported ? "a not_supported_error before anything is sent" : "a data_error";
}

case_result over_delivers(const test_case& which) {
    return made(
        which, outcome::over_delivers,
        fmt::format("expected: {}\nand that is what happens, though `{}` is not claimed: claim it", which.expected, which.rests_on.name));
}

case_result judge_claimed(const test_case& which, const attempt& a) {
    if (a.how == attempt::ending::declined) return made(which, outcome::declined, a.why_declined);
    if (a.how == attempt::ending::passed) return made(which, outcome::pass, {});
    return made(which, outcome::fail, describe_failure(which, a));
}

case_result judge_unclaimed(const test_case& which, const std::function<attempt(bool)>& run) {
    const claim& c = which.rests_on;
    const attempt checked = run(false);
    if (checked.how == attempt::ending::declined) return made(which, outcome::declined, checked.why_declined);
    if (checked.how == attempt::ending::passed) return over_delivers(which);
    if (c.refused_by != refusal::none && !is_refused(checked, c.refused_by))
        return made(which, outcome::fail,
                    fmt::format("`{}` is not claimed: its use has to be refused with {}, and was not\n{}", c.name,
                                refusal_words(c.refused_by), describe_failure(which, checked)));
    // Where nothing is refused, the unchecked engine would do the same again.
    const attempt unchecked = c.refused_by == refusal::none ? checked : run(true);
    if (unchecked.how == attempt::ending::passed) return over_delivers(which);
    if (!unchecked.left_behind.empty()) return made(which, outcome::fail, describe_failure(which, unchecked));
    return made(which, outcome::declined, std::string{c.name});
}

}  // namespace

std::string_view word_of(outcome o) noexcept {
    switch (o) {
        case outcome::pass: return "pass";
        case outcome::fail: return "fail";
        case outcome::declined: return "declined";
        case outcome::over_delivers: return "over-delivers";
    }
    return "";
}

std::string describe_failure(const test_case& which, const attempt& a) {
    std::string text = fmt::format("expected: {}\n", which.expected);
    for (const auto& failure : a.failures) text += failure + "\n";
    for (const auto& left : a.left_behind) text += "left behind: " + left + "\n";
    if (!a.statements.empty()) text += "statements:\n";
    for (const auto& statement : a.statements) text += indented(statement, 4) + "\n";
    text.pop_back();
    return text;
}

case_result judge(const test_case& which, bool is_claimed, const std::function<attempt(bool unchecked)>& run) {
    const auto began = std::chrono::steady_clock::now();
    case_result result = is_claimed ? judge_claimed(which, run(false)) : judge_unclaimed(which, run);
    result.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
    return result;
}

}  // namespace azoth::conformance
