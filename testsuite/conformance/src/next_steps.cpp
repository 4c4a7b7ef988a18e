#include "next_steps.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>
#include <utility>

namespace azoth::conformance {
namespace {

using std::string_view;

std::vector<string_view> lines_of(string_view text) {
    std::vector<string_view> lines;
    while (!text.empty()) {
        const auto end = text.find('\n');
        lines.push_back(text.substr(0, end));
        text.remove_prefix(end == string_view::npos ? text.size() : end + 1);
    }
    return lines;
}

string_view without_blanks(string_view text) {
    text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
    return text;
}

/// What stands behind the words that tell of an exception; empty where the line tells of none.
string_view thrown_in(string_view line) {
    constexpr string_view in_assertion = "threw ";
    constexpr string_view between = "thrown";
    line = without_blanks(line);
    if (line.starts_with(in_assertion)) return line.substr(in_assertion.size());
    if (!line.starts_with(between)) return {};
    const auto end = line.find(": ");
    return end == string_view::npos ? string_view{} : line.substr(end + 2);
}

struct reason_count {
    std::string reason;
    std::size_t times{};
};

void add(std::vector<reason_count>& known, std::string reason) {
    if (const auto same = std::ranges::find(known, reason, &reason_count::reason); same != known.end()) ++same->times;
    else known.push_back({std::move(reason), 1});
}

/// What half of the failures, of several areas, have in common; empty where there is no such thing.
reason_count shared_reason(const suite_result& of) {
    std::vector<reason_count> known;
    for (const auto& c : of.cases)
        if (is_failure(c.how)) add(known, reason_of(c));
    const auto most = std::ranges::max_element(known, {}, &reason_count::times);
    constexpr std::size_t few = 10;
    return most == known.end() || most->times < few || most->times * 2 < count(of.cases).failed ? reason_count{} : *most;
}

/// `name` of "... though `name` is not claimed: claim it".
std::string claim_in(string_view message) {
    const auto end = message.rfind("` is not claimed");
    const auto start = end == string_view::npos ? end : message.rfind('`', end - 1);
    return start == string_view::npos ? std::string{} : std::string{message.substr(start + 1, end - start - 1)};
}

/// What works and is not claimed, those of most cases first.
std::string unclaimed_text(const suite_result& of) {
    std::vector<reason_count> claims;
    std::size_t cases = 0;
    for (const auto& c : of.cases)
        if (c.how == outcome::over_delivers) {
            ++cases;
            add(claims, claim_in(c.message));
        }
    if (claims.empty()) return {};
    std::ranges::stable_sort(claims, std::ranges::greater{}, &reason_count::times);
    std::string text = fmt::format("    {} work and are not claimed; claim what they rest on:", cases);
    for (const auto& claim : claims) text += fmt::format("{} {} ({})", &claim == &claims.front() ? "" : ",", claim.reason, claim.times);
    return text + "\n";
}

std::string padded(string_view text, std::size_t width) { return fmt::format("{:<{}}", text, width); }

}  // namespace

std::string reason_of(const case_result& failed) {
    const auto lines = lines_of(failed.message);
    if (failed.how == outcome::over_delivers) return fmt::format("`{}` is not claimed, and works", claim_in(failed.message));
    constexpr string_view statements = "statements:";
    for (const auto line : lines) {
        if (line == statements) break;
        if (const auto thrown = thrown_in(line); !thrown.empty()) return std::string{thrown};
    }
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (lines[i].starts_with("expected: ")) continue;
        const bool has_values = i + 1 < lines.size() && without_blanks(lines[i + 1]).starts_with("with ");
        return has_values ? fmt::format("{}, {}", lines[i], without_blanks(lines[i + 1])) : std::string{lines[i]};
    }
    return failed.message;
}

std::vector<next_step> next_steps(const suite_result& of) {
    std::vector<next_step> steps;
    std::vector<std::vector<reason_count>> reasons;
    for (const auto& c : of.cases) {
        const string_view area = string_view{c.id}.substr(0, c.id.find('/'));
        auto at = std::ranges::find(steps, area, &next_step::area);
        if (at == steps.end()) {
            at = steps.insert(at, {.area = std::string{area}});
            reasons.emplace_back();
        }
        ++at->cases;
        if (!is_failure(c.how)) continue;
        if (at->failed++ == 0) at->first = c.id;
        add(reasons[static_cast<std::size_t>(at - steps.begin())], reason_of(c));
    }
    for (std::size_t i = 0; i < steps.size(); ++i) {
        const auto most = std::ranges::max_element(reasons[i], {}, &reason_count::times);
        if (most != reasons[i].end()) std::tie(steps[i].reason, steps[i].times) = std::tie(most->reason, most->times);
    }
    std::erase_if(steps, [](const next_step& s) { return s.failed == 0; });
    return steps;
}

std::string next_steps_text(string_view name, const suite_result& of) {
    const auto steps = next_steps(of);
    if (steps.empty()) return {};
    std::size_t widest = 0;
    for (const auto& s : steps) widest = std::max(widest, s.area.size());
    std::string text = fmt::format("What to do next on {}, area by area (--filter AREA runs one alone):\n", name);
    text += unclaimed_text(of);
    const reason_count all = shared_reason(of);
    if (!all.reason.empty()) text += fmt::format("    first, {} of all {} failures: {}\n", all.times, count(of.cases).failed, all.reason);
    for (const auto& s : steps) {
        text += fmt::format("    {}  {:>3} of {:>3} fail; ", padded(s.area, widest), s.failed, s.cases);
        if (!all.reason.empty() && s.reason == all.reason) text += fmt::format("{} for that\n", s.times);
        else if (s.times == 1) text += fmt::format("first {}: {}\n", s.first, s.reason);
        else text += fmt::format("{} for: {}\n", s.times, s.reason);
    }
    return text;
}

}  // namespace azoth::conformance
