#include "harness.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace bench {
namespace {

spread spread_of(std::vector<double> values) {
    std::ranges::sort(values);
    const auto quantile = [&](double q) {
        return values[static_cast<std::size_t>(std::lround(q * static_cast<double>(values.size() - 1)))];
    };
    return {values.front(), quantile(0.25), quantile(0.5), quantile(0.75), values.back()};
}

std::string time_text(double ns) {
    if (ns < 1e3) return fmt::format("{:.1f} ns", ns);
    if (ns < 1e6) return fmt::format("{:.2f} us", ns / 1e3);
    return fmt::format("{:.2f} ms", ns / 1e6);
}

std::string text_of(const benchmark& b, double amount) { return b.is_memory ? fmt::format("{:.0f} B", amount) : time_text(amount); }

/// What is printed of it, each as a text.
struct columns {
    std::string ours{};
    std::string baseline{};
    std::string ratio{};
    std::string quartiles{};
    std::string target{};
};
columns columns_of(const measured& m) {
    columns c{.ours = text_of(m.of, m.ours.median)};
    if (m.is_paired()) {
        c.baseline = time_text(m.baseline.median);
        c.ratio = fmt::format("{:.2f}", m.ratio.median);
        c.quartiles = fmt::format("{:.2f} to {:.2f}", m.ratio.lower, m.ratio.upper);
    }
    if (m.of.target != 0) c.target = m.is_paired() ? fmt::format("{:.2f}", m.of.target) : text_of(m.of, m.of.target);
    return c;
}

/// "mariadb, libmariadb: scan" is a scan by the toolkit on mariadb+libmariadb; "orm: load" one by the ORM on sqlite.
struct subject {
    std::string name;
    std::string dialect;
    std::string work;
};
subject subject_of(const std::string& name) {
    const auto colon = name.find(": ");
    std::string group = name.substr(0, colon);
    const std::string work = name.substr(colon + 2);
    if (group == "orm") return {"orm", "sqlite", work};
    if (group == "statement" || group == "pool") return {group, "", work};
    if (const auto comma = group.find(", "); comma != std::string::npos) group.replace(comma, 2, "+");
    return {"toolkit", group, work};
}

}  // namespace

void print_heading() { fmt::print("{:<58} {:>10} {:>10} {:>7} {:>13} {:>8}\n", "", "azoth", "baseline", "ratio", "quartiles", "target"); }

measured run(const benchmark& what, std::size_t rounds) {
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
        ratios.push_back(what.baseline ? o / b : 0);
    }
    measured found{what, spread_of(ours), spread_of(baseline), spread_of(ratios)};
    const columns c = columns_of(found);
    fmt::print("{:<58} {:>10} {:>10} {:>7} {:>13} {:>8}{}\n", what.name, c.ours, c.baseline, c.ratio, c.quartiles, c.target,
               found.is_missed() ? "  missed" : "");
    std::fflush(stdout);
    return found;
}

std::string json_of(const std::vector<measured>& all) {
    auto list = nlohmann::json::array();
    const auto three = [](const spread& s) { return nlohmann::json{{"min", s.min}, {"median", s.median}, {"max", s.max}}; };
    for (const auto& m : all) {
        const subject who = subject_of(m.of.name);
        nlohmann::json item{{"work", who.work}, {"dialect", who.dialect}, {"subject", who.name}};
        item[m.is_paired() ? "ratio" : "amount"] = three(m.is_paired() ? m.ratio : m.ours);
        item["target"] = m.of.target == 0 ? nlohmann::json{} : nlohmann::json(m.of.target);
        list.push_back(std::move(item));
    }
    return list.dump(1) + "\n";
}

std::string markdown_of(const std::vector<measured>& all) {
    std::string text = "| work | Azoth | C API | ratio (quartiles) | target |\n|---|---|---|---|---|\n";
    for (const auto& m : all) {
        const columns c = columns_of(m);
        const std::string ratio = m.is_paired() ? fmt::format("{} ({})", c.ratio, c.quartiles) : "";
        text +=
            fmt::format("| {} | {} | {} | {} | {}{} |\n", m.of.name, c.ours, c.baseline, ratio, c.target, m.is_missed() ? ", missed" : "");
    }
    return text;
}

}  // namespace bench
