#include "harness.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdio>

namespace bench {
namespace {

std::string time_text(double ns) {
    if (ns < 1e3) return fmt::format("{:.1f} ns", ns);
    if (ns < 1e6) return fmt::format("{:.2f} us", ns / 1e3);
    return fmt::format("{:.2f} ms", ns / 1e6);
}

std::string text_of(const benchmark& b, double amount) { return b.is_memory ? fmt::format("{:.0f} B", amount) : time_text(amount); }

std::string ratio_text(double ratio) { return fmt::format("{:.{}f}", ratio, ratio < 0.1 ? 3 : 2); }
std::string quartiles_of(const spread& ratio) { return ratio_text(ratio.lower) + " to " + ratio_text(ratio.upper); }

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
        c.ratio = ratio_text(m.ratio.median);
        c.quartiles = quartiles_of(m.ratio);
    }
    if (m.of.target != 0) c.target = m.is_paired() ? fmt::format("{:.2f}", m.of.target) : text_of(m.of, m.of.target);
    return c;
}

std::vector<double> ratios_of(const std::vector<double>& some, const std::vector<double>& others) {
    std::vector<double> made;
    for (std::size_t i = 0; i < some.size(); ++i) made.push_back(some[i] / others[i]);
    return made;
}

void print(const measured& m) {
    const columns c = columns_of(m);
    fmt::print("{:<60} {:>10} {:>10} {:>7} {:>14} {:>8}{}\n", m.of.name, c.ours, c.baseline, c.ratio, c.quartiles, c.target,
               m.is_missed() ? "  missed" : "");
    for (const auto& p : m.peers) {
        fmt::print("    {:<56} {:>10}", p.name, text_of(m.of, p.took.median));
        if (m.is_paired()) fmt::print(" {:>10} {:>7} {:>14}", "", ratio_text(p.ratio.median), quartiles_of(p.ratio));
        fmt::print("\n");
    }
    std::fflush(stdout);
}

/// "mariadb, libmariadb: scan" is a scan by the toolkit on mariadb+libmariadb; "orm: load" one by the ORM on sqlite,
/// "postgresql: orm: load" one on PostgreSQL.
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
    constexpr std::string_view by_orm = "orm: ";
    if (work.starts_with(by_orm)) return {"orm", group, work.substr(by_orm.size())};
    return {"toolkit", group, work};
}

/// Of the work that has peers: a line each, a column for each subject. Ratios, and times where there is no baseline.
std::string peers_table(const std::vector<measured>& all) {
    std::vector<std::string> names;
    for (const auto& m : all)
        for (const auto& p : m.peers)
            if (std::ranges::find(names, p.name) == names.end()) names.push_back(p.name);
    if (names.empty()) return "";
    std::string text = fmt::format("\n| work | Azoth | {} |\n|---|---|", fmt::join(names, " | "));
    for (std::size_t i = 0; i < names.size(); ++i) text += "---|";
    for (const auto& m : all) {
        if (m.peers.empty()) continue;
        const auto cell = [&](const spread& took, const spread& ratio) {
            if (!m.is_paired()) return text_of(m.of, took.median);
            return ratio_text(ratio.median);
        };
        text += fmt::format("\n| {} | {} |", m.of.name, cell(m.ours, m.ratio));
        for (const auto& name : names) {
            const auto p = std::ranges::find(m.peers, name, &measured_peer::name);
            text += p == m.peers.end() ? " |" : fmt::format(" {} |", cell(p->took, p->ratio));
        }
    }
    return text + "\n";
}

}  // namespace

void print_heading(bool has_peers) {
    fmt::print("{:<60} {:>10} {:>10} {:>7} {:>14} {:>8}\n", has_peers ? "azoth; peers are indented" : "", has_peers ? "took" : "azoth",
               "baseline", "ratio", "quartiles", "target");
}

measured run(const benchmark& what, std::size_t rounds) {
    std::vector<std::function<double()>> sides{what.ours};
    if (what.baseline) sides.push_back(what.baseline);
    for (const auto& p : what.peers) sides.push_back(p.round);
    std::vector<std::vector<double>> took(sides.size());
    turns order{sides.size()};
    for (std::size_t i = 0; i < rounds + 1; ++i) {
        for (const std::size_t side : order.next()) {
            const double once = sides[side]();
            if (i > 0) took[side].push_back(once);  // the first is to warm up
        }
    }
    measured found{.of = what, .ours = spread_of(took[0])};
    if (what.baseline) {
        found.baseline = spread_of(took[1]);
        found.ratio = spread_of(ratios_of(took[0], took[1]));
    }
    for (std::size_t p = 0; p < what.peers.size(); ++p) {
        const auto& its = took[sides.size() - what.peers.size() + p];
        found.peers.push_back({what.peers[p].name, spread_of(its), what.baseline ? spread_of(ratios_of(its, took[1])) : spread{}});
    }
    print(found);
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
        for (const auto& p : m.peers) {
            // A peer has drivers of its own.
            nlohmann::json its{{"work", who.work}, {"dialect", who.dialect.substr(0, who.dialect.find('+'))}, {"subject", p.name}};
            its[m.is_paired() ? "ratio" : "amount"] = three(m.is_paired() ? p.ratio : p.took);
            its["target"] = nlohmann::json{};
            list.push_back(std::move(its));
        }
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
    return text + peers_table(all);
}

}  // namespace bench
