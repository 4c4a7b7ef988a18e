#include "harness.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>

namespace bench {
namespace {

double quantile(std::vector<double> values, double q) {
    std::sort(values.begin(), values.end());
    return values[static_cast<std::size_t>(q * static_cast<double>(values.size() - 1) + 0.5)];
}

std::string time_text(double ns) {
    if (ns < 1e3) return fmt::format("{:.1f} ns", ns);
    if (ns < 1e6) return fmt::format("{:.2f} us", ns / 1e3);
    return fmt::format("{:.2f} ms", ns / 1e6);
}

std::string text_of(const benchmark& b, double amount) { return b.is_memory ? fmt::format("{:.0f} B", amount) : time_text(amount); }

}  // namespace

void print_heading() { fmt::print("{:<58} {:>10} {:>10} {:>7} {:>13} {:>8}\n", "", "azoth", "baseline", "ratio", "quartiles", "target"); }

void run(const benchmark& what, std::size_t rounds) {
    std::vector<double> ours;
    std::vector<double> baseline;
    std::vector<double> ratios;
    for (std::size_t i = 0; i < rounds + 1; ++i) {
        // Who goes first alternates, so that neither always finds the caches warm.
        double b = 0;
        if (what.baseline && i % 2 == 1) b = what.baseline();
        const double o = what.ours();
        if (what.baseline && i % 2 == 0) b = what.baseline();
        if (i == 0) continue;  // to warm up
        ours.push_back(o);
        baseline.push_back(b);
        ratios.push_back(what.baseline ? o / b : o);
    }
    const double median = quantile(ratios, 0.5);
    const bool paired = static_cast<bool>(what.baseline);
    const std::string target = what.target == 0 ? "" : paired ? fmt::format("{:.2f}", what.target) : text_of(what, what.target);
    const std::string spread = paired ? fmt::format("{:.2f} to {:.2f}", quantile(ratios, 0.25), quantile(ratios, 0.75)) : "";
    fmt::print("{:<58} {:>10} {:>10} {:>7} {:>13} {:>8}{}\n", what.name, text_of(what, quantile(ours, 0.5)),
               paired ? time_text(quantile(baseline, 0.5)) : "", paired ? fmt::format("{:.2f}", median) : "", spread, target,
               what.target != 0 && median > what.target ? "  missed" : "");
    std::fflush(stdout);
}

}  // namespace bench
