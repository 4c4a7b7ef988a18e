#include "tpcb.hpp"

#include <sys/resource.h>

#include <atomic>
#include <exception>
#include <latch>
#include <thread>

namespace tpcb {
namespace {

using clock = std::chrono::steady_clock;
constexpr std::int32_t most_moved = 5'000;

double seconds_of(const timeval& t) { return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) / 1e6; }

double processor_seconds() {
    rusage used{};
    getrusage(RUSAGE_SELF, &used);
    return seconds_of(used.ru_utime) + seconds_of(used.ru_stime);
}

/// What the threads share.
struct course {
    explicit course(std::size_t threads) : ready{static_cast<std::ptrdiff_t>(threads)}, failures(threads) {}
    std::latch ready;
    std::latch started{1};
    clock::time_point end{};
    std::atomic<bool> failed{};
    std::vector<std::exception_ptr> failures;
};

void run_thread(std::size_t number, const load& how, const transaction& once, course& on, outcome& to) {
    dice roll{how.scale};
    on.ready.count_down();
    on.started.wait();
    try {
        for (auto now = clock::now(); now < on.end && !on.failed;) {
            to.retries += static_cast<std::uint64_t>(once(number, roll()) - 1);
            const auto done = clock::now();
            to.latencies.push_back(std::chrono::duration<float, std::milli>(done - now).count());
            now = done;
        }
    } catch (...) {
        on.failures[number] = std::current_exception();
        on.failed = true;
    }
}

}  // namespace

dice::dice(std::int32_t scale)
    : random_{std::random_device{}()},
      account_{1, scale * accounts_a_branch},
      teller_{1, scale * tellers_a_branch},
      branch_{1, scale},
      delta_{-most_moved, most_moved} {}

draw dice::operator()() { return {account_(random_), teller_(random_), branch_(random_), delta_(random_)}; }

outcome run_threads(const load& how, const transaction& once) {
    course on{how.connections};
    std::vector<outcome> each(how.connections);
    std::vector<std::jthread> threads;
    for (std::size_t i = 0; i < how.connections; ++i) threads.emplace_back([&, i] { run_thread(i, how, once, on, each[i]); });
    on.ready.wait();
    const double used = processor_seconds();
    const auto start = clock::now();
    on.end = start + how.length;
    on.started.count_down();
    threads.clear();
    outcome all;
    all.seconds = std::chrono::duration<double>(clock::now() - start).count();
    all.processor = processor_seconds() - used;
    for (const auto& failure : on.failures)
        if (failure) std::rethrow_exception(failure);
    for (const outcome& one : each) {
        all.retries += one.retries;
        all.latencies.insert(all.latencies.end(), one.latencies.begin(), one.latencies.end());
    }
    all.transactions = all.latencies.size();
    return all;
}

}  // namespace tpcb
