#include "report.hpp"

#include <fmt/format.h>

#include <string_view>

namespace azoth::conformance {
namespace {

constexpr std::string_view label = "azoth conformance";
constexpr std::string_view green = "#2c7a3f";
constexpr std::string_view red = "#b3261e";
constexpr std::string_view grey = "#777";  // not all has run

/// Of the usual sans-serif at 11 pixels, with a margin on both sides; the text is then fitted to it.
std::size_t width_of(std::string_view text) {
    constexpr std::size_t a_letter = 7;
    constexpr std::size_t margins = 12;
    return text.size() * a_letter + margins;
}

std::string verdict(const tally& all, const run_facts& facts) {
    std::string text = all.failed > 0 ? fmt::format("{} failed, {} passed", all.failed, all.passed) : fmt::format("{} passed", all.passed);
    if (all.declined > 0) text += fmt::format(", {} declined", all.declined);
    if (!facts.is_clean) text += ", unclean end";
    return facts.is_whole ? text : "in part: " + text;
}

std::string_view colour_of(const tally& all, const run_facts& facts) {
    if (all.failed > 0 || !facts.is_clean) return red;
    return facts.is_whole && all.passed > 0 ? green : grey;
}

std::string box(std::size_t left, std::string_view text, std::string_view colour) {
    const std::size_t width = width_of(text);
    return fmt::format(
        "  <rect x=\"{0}\" width=\"{1}\" height=\"20\" fill=\"{2}\"/>\n"
        "  <text x=\"{3}\" y=\"14\" textLength=\"{4}\">{5}</text>\n",
        left, width, colour, left + width / 2, width - 12, text);
}

}  // namespace

std::string badge_report(std::span<const suite_result> results, const run_facts& facts) {
    tally all;
    for (const auto& r : results)
        for (const auto& c : r.cases) all.add(c.how);
    const std::string said = verdict(all, facts);
    return fmt::format(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{}\" height=\"20\" role=\"img\" aria-label=\"{}: {}\""
        " font-family=\"Verdana,DejaVu Sans,sans-serif\" font-size=\"11\" fill=\"#fff\" text-anchor=\"middle\">\n"
        "  <title>{}: {}</title>\n{}{}</svg>\n",
        width_of(label) + width_of(said), label, said, label, said, box(0, label, "#444"),
        box(width_of(label), said, colour_of(all, facts)));
}

}  // namespace azoth::conformance
