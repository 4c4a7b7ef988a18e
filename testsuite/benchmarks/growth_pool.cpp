// Checkout and checkin of a pool under one to 64 threads, and how fairly they share it.
#include "growth.hpp"
#include "harness.hpp"
#include "plain_pool.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <latch>
#include <memory>
#include <string>
#include <thread>
#include <vector>

namespace az = azoth;

namespace bench {
namespace {

constexpr std::size_t most_connections = 4;
constexpr std::size_t checkouts = 100'000;

/// Threads that do the same, from the same moment on.
class runners {
public:
    template <class Work>
    runners(std::size_t threads, const Work& work) : up_{static_cast<std::ptrdiff_t>(threads)} {
        for (std::size_t t = 0; t < threads; ++t)
            running_.emplace_back([this, &work, t] {
                up_.count_down();
                go_.wait();
                work(t);
            });
        up_.wait();
    }
    void go() { go_.count_down(); }
    void join() { running_.clear(); }

private:
    std::latch up_;
    std::latch go_{1};
    std::vector<std::jthread> running_{};
};

/// Nanoseconds for a checkout and checkin, by the clock: waiting is part of it. Starting the threads is not.
template <class Pool>
double contend(Pool& pool, std::size_t threads) {
    const std::size_t each = checkouts / threads;
    const auto work = [&](std::size_t) {
        for (std::size_t i = 0; i < each; ++i) borrow(pool);
    };
    runners all{threads, work};
    return time_of(each * threads, [&] {
        all.go();
        all.join();
    });
}

struct shares {
    double least{};
    double most{};
};

/// What the threads got within a time, in percent of what each would get if all got the same.
template <class Pool>
shares share(Pool& pool, std::size_t threads, std::chrono::milliseconds time) {
    std::vector<std::uint64_t> counts(threads);
    std::atomic<bool> over{false};
    const auto work = [&](std::size_t t) {
        std::uint64_t count = 0;
        for (; !over.load(std::memory_order_relaxed); ++count) borrow(pool);
        counts[t] = count;
    };
    runners running{threads, work};
    running.go();
    std::this_thread::sleep_for(time);
    over = true;
    running.join();
    double all = 0;
    for (const auto count : counts) all += static_cast<double>(count);
    const auto [least, most] = std::ranges::minmax(counts);
    const double fair = all / static_cast<double>(threads);
    return {100 * static_cast<double>(least) / fair, 100 * static_cast<double>(most) / fair};
}

/// The largest and the smallest share of each round.
struct share_values {
    std::vector<double> least{};
    std::vector<double> most{};
    void add(const shares& s) {
        least.push_back(s.least);
        most.push_back(s.most);
    }
};

void grow_shares(growth_record& to, std::size_t threads, az::pool& ours, plain_pool& plain) {
    const std::chrono::milliseconds time{to.is_quick() ? 50 : 250};
    share_values of_ours;
    share_values of_plain;
    for (std::size_t round = 0; round < (to.is_quick() ? 3U : 5U); ++round) {
        of_ours.add(share(ours, threads, time));
        of_plain.add(share(plain, threads, time));
    }
    const std::string plot = "pool shares";
    const std::string unit = "% of a fair share";
    to.add(plot, unit, threads, "azoth, largest", std::move(of_ours.most));
    to.add(plot, unit, threads, "azoth, smallest", std::move(of_ours.least));
    to.add(plot, unit, threads, "mutex and condition variable, largest", std::move(of_plain.most));
    to.add(plot, unit, threads, "mutex and condition variable, smallest", std::move(of_plain.least));
}

}  // namespace

void grow_pool(growth_record& to) {
    for (const std::size_t threads : growing(1, 64, 2)) {
        const std::size_t connections = std::min(threads, most_connections);
        const auto ours = make_pool(connections);
        plain_pool plain{connections};
        to.measure("pool", "ns a checkout", threads,
                   {{"azoth", [&] { return contend(*ours, threads); }},
                    {"mutex and condition variable", [&] { return contend(plain, threads); }}});
        if (threads > 1) grow_shares(to, threads, *ours, plain);
    }
}

}  // namespace bench
