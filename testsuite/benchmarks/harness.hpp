#pragma once

#include "rounds.hpp"

#include <chrono>
#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace bench {

/// Another library that does the same work: its name, and a function that does one round like those below.
struct peer {
    std::string name{};
    std::function<double()> round{};
};

/// One comparison. Each function does one round and returns nanoseconds for one operation, or bytes.
struct benchmark {
    std::string name{};
    std::function<double()> ours{};
    std::function<double()> baseline{};  ///< empty: `ours` stands alone
    double target{};                     ///< of the ratio; of the nanoseconds where there is no baseline; 0: none
    bool is_memory{};
    std::vector<peer> peers{};
};

struct measured_peer {
    std::string name{};
    spread took{};
    spread ratio{};  ///< to the baseline's
};
struct measured {
    benchmark of{};
    spread ours{};      ///< nanoseconds, or bytes
    spread baseline{};  ///< without one, nothing
    spread ratio{};     ///< ours to the baseline's, round by round
    std::vector<measured_peer> peers{};

    [[nodiscard]] bool is_paired() const noexcept { return static_cast<bool>(of.baseline); }
    [[nodiscard]] bool is_missed() const noexcept { return of.target != 0 && (is_paired() ? ratio : ours).median > of.target; }
};

/// Runs the rounds in turn, ours, the baseline's and the peers', and prints a line, and one below it for each peer: medians, the median of
/// the rounds' ratios and its quartiles.
measured run(const benchmark& what, std::size_t rounds);
void print_heading(bool has_peers);
/// A list of {"work", "dialect", "subject", "ratio": {"min", "median", "max"}, "target"}; what has no baseline has "amount" in place of
/// "ratio", in nanoseconds or bytes. Peers are subjects without a target.
std::string json_of(const std::vector<measured>& all);
/// The same as a table; and, where there are peers, a second one of the ratios of all who do the same work.
std::string markdown_of(const std::vector<measured>& all);

using clock = std::chrono::steady_clock;

/// Nanoseconds that one of `operations` takes in `work`.
template <class F>
double time_of(std::size_t operations, F&& work) {
    const auto start = clock::now();
    work();
    return std::chrono::duration<double, std::nano>(clock::now() - start).count() / static_cast<double>(operations);
}

/// Keeps the compiler from dropping a result that nobody looks at.
template <class T>
void keep(const T& value) {
    asm volatile("" : : "g"(&value) : "memory");
}

struct peer_library;
std::vector<benchmark> sqlite_benchmarks(const std::string& folder, const std::vector<peer_library>& peers);
std::vector<benchmark> orm_benchmarks(const std::string& folder, const std::vector<peer_library>& peers);
std::vector<benchmark> statement_benchmarks();
std::vector<benchmark> pool_benchmarks();

}  // namespace bench
