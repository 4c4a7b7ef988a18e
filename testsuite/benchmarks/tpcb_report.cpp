#include "tpcb.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace tpcb {
namespace {

/// Between two values, where the quantile falls there: the rounds are few.
double quantile(const std::vector<double>& sorted, double q) {
    const double at = q * static_cast<double>(sorted.size() - 1);
    const auto below = static_cast<std::size_t>(at);
    const auto above = std::min(below + 1, sorted.size() - 1);
    return sorted[below] + (sorted[above] - sorted[below]) * (at - static_cast<double>(below));
}

template <class F>
std::vector<double> sorted_of(std::size_t rounds, F&& value) {
    std::vector<double> values;
    for (std::size_t i = 0; i < rounds; ++i) values.push_back(value(i));
    std::ranges::sort(values);
    return values;
}

template <class F>
double median_of(const std::vector<outcome>& rounds, F&& value) {
    return quantile(sorted_of(rounds.size(), [&](std::size_t i) { return value(rounds[i]); }), 0.5);
}

std::vector<double> ratios_of(const comparison& c) {
    return sorted_of(c.ours.size(), [&](std::size_t i) { return c.theirs[i].a_second() / c.ours[i].a_second(); });
}

/// Of all rounds together, in milliseconds.
std::string latencies_of(const comparison& c) {
    std::vector<double> all;
    for (const outcome& o : c.ours) all.insert(all.end(), o.latencies.begin(), o.latencies.end());
    std::ranges::sort(all);
    return fmt::format("{:.2f} / {:.2f} / {:.2f}", quantile(all, 0.5), quantile(all, 0.95), quantile(all, 0.99));
}

/// What is printed of it, each as a text.
struct columns {
    std::string ours, theirs, ratio, quartiles, latencies, processor, retries;
};
columns columns_of(const comparison& c) {
    const auto speed = [](const std::vector<outcome>& rounds) {
        return fmt::format("{:.0f}", median_of(rounds, [](const outcome& o) { return o.a_second(); }));
    };
    const auto processor = [](const std::vector<outcome>& rounds) {
        return median_of(rounds, [](const outcome& o) { return o.processor * 1e6 / static_cast<double>(o.transactions); });
    };
    std::uint64_t again = 0;
    for (const outcome& o : c.ours) again += o.retries;
    const auto ratios = ratios_of(c);
    return {speed(c.ours),
            speed(c.theirs),
            fmt::format("{:.2f}", quantile(ratios, 0.5)),
            fmt::format("{:.2f} to {:.2f}", quantile(ratios, 0.25), quantile(ratios, 0.75)),
            latencies_of(c),
            fmt::format("{:.0f} / {:.0f}", processor(c.ours), processor(c.theirs)),
            fmt::format("{}", again)};
}

}  // namespace

void print_heading(const std::string& dialect, const std::string& client) {
    fmt::print("\n{}, beside {}: transactions a second, latency of Azoth's in ms, processor time of both clients in us a transaction\n",
               dialect, client);
    fmt::print("{:>11} {:>8} {:>10} {:>6} {:>13} {:>23} {:>10} {:>8}\n", "connections", "azoth", client, "ratio", "quartiles",
               "p50 / p95 / p99", "processor", "retries");
}

void print(const comparison& c) {
    const columns t = columns_of(c);
    fmt::print("{:>11} {:>8} {:>10} {:>6} {:>13} {:>23} {:>10} {:>8}\n", c.connections, t.ours, t.theirs, t.ratio, t.quartiles, t.latencies,
               t.processor, t.retries);
    std::fflush(stdout);
}

std::string json_of(const std::vector<comparison>& all) {
    auto list = nlohmann::json::array();
    for (const comparison& c : all) {
        const auto ratios = ratios_of(c);
        list.push_back({{"work", fmt::format("tpc-b, {} connection{}", c.connections, c.connections == 1 ? "" : "s")},
                        {"dialect", c.dialect},
                        {"subject", "toolkit"},
                        {"ratio", {{"min", ratios.front()}, {"median", quantile(ratios, 0.5)}, {"max", ratios.back()}}},
                        {"target", nullptr}});
    }
    return list.dump(1) + "\n";
}

std::string markdown_of(const std::vector<comparison>& all) {
    std::string text =
        "Transactions a second; a ratio is time to time, below 1 Azoth is faster. Latency of Azoth's transactions in ms, processor "
        "time of both clients in us a transaction.\n\n"
        "| driver | connections | Azoth | the client | ratio (quartiles) | p50 / p95 / p99 | processor | retries |\n"
        "|---|---|---|---|---|---|---|---|\n";
    for (const comparison& c : all) {
        const columns t = columns_of(c);
        text += fmt::format("| {} | {} | {} | {} ({}) | {} ({}) | {} | {} | {} |\n", c.dialect, c.connections, t.ours, t.theirs, c.client,
                            t.ratio, t.quartiles, t.latencies, t.processor, t.retries);
    }
    return text;
}

}  // namespace tpcb
