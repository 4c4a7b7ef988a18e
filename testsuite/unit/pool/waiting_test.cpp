#include "fake_driver.hpp"

#include <azoth/base/error.hpp>

#include <catch2/catch.hpp>

#include <pthread.h>
#include <sched.h>

#include <vector>

using namespace pool_tests;
using std::chrono::steady_clock;

namespace {

std::chrono::milliseconds since(steady_clock::time_point began) {
    return std::chrono::duration_cast<std::chrono::milliseconds>(steady_clock::now() - began);
}

/// New threads of the caller's stay there too.
void stay_on_this_core() {
    cpu_set_t core;
    CPU_ZERO(&core);
    CPU_SET(sched_getcpu(), &core);
    pthread_setaffinity_np(pthread_self(), sizeof core, &core);
}

void give_way_to_others() {
    const sched_param lowest{};
    pthread_setschedparam(pthread_self(), SCHED_IDLE, &lowest);
}

}  // namespace

TEST_CASE("who waits gets what comes back", "[pool]") {
    server s;
    const auto pool = make_pool(s, {.size = 1, .overflow = 0});
    auto held = pool->checkout();
    const auto id = held->id;
    std::uint64_t got = 0;
    std::thread waiter{[&] { got = pool->checkout()->id; }};
    REQUIRE(eventually([&] { return pool->metrics().waiting == 1; }));
    held.release();
    waiter.join();
    CHECK(got == id);
    CHECK(pool->metrics().waiting == 0);
    CHECK(s.opened == 1);
}

TEST_CASE("who waits may open a new connection when one is lost", "[pool]") {
    server s;
    const auto pool = make_pool(s, {.size = 1, .overflow = 0});
    auto held = pool->checkout();
    bool has_got = false;
    std::thread waiter{[&] { has_got = static_cast<bool>(pool->checkout()); }};
    REQUIRE(eventually([&] { return pool->metrics().waiting == 1; }));
    SECTION("because it was invalidated") { held.invalidate("lost"); }
    SECTION("because it was detached") { (void)held.detach(); }
    SECTION("because it was not to be reset") {
        held->invalid = true;
        held.release();
    }
    waiter.join();
    CHECK(has_got);
    CHECK(s.opened == 2);
}

TEST_CASE("who waits behind a failing connect tries it too", "[pool]") {
    server s;
    s.connect_takes = 50ms;
    s.is_down = true;
    const auto pool = make_pool(s, {.size = 1, .overflow = 0});
    std::vector<std::thread> threads;
    threads.reserve(3);
    std::atomic<int> failures{};
    for (int i = 0; i < 3; ++i)
        threads.emplace_back([&] {
            try {
                (void)pool->checkout();
            } catch (const azoth::pool_exhausted&) {
            } catch (const std::runtime_error&) {
                ++failures;
            }
        });
    for (auto& t : threads) t.join();
    CHECK(failures == 3);
    CHECK(pool->metrics().waiting == 0);
}

TEST_CASE("exhausted: the message says who holds what for how long, and what to do", "[pool]") {
    server s;
    const auto pool = make_pool(s, {.size = 1, .overflow = 1, .timeout = 60ms});
    const auto labelled = pool->checkout("the nightly report");
    std::this_thread::sleep_for(30ms);
    azoth::lease unlabelled;
    std::thread{[&] { unlabelled = pool->checkout(); }}.join();
    std::string message;
    const auto began = steady_clock::now();
    try {
        (void)pool->checkout();
        FAIL("nothing was thrown");
    } catch (const azoth::pool_exhausted& e) {
        CHECK(e.code() == azoth::errc::pool_exhausted);
        message = e.what();
    }
    CHECK(since(began) >= 60ms);
    CAPTURE(message);
    CHECK_THAT(message, Catch::Contains("2 in use") && Catch::Contains("size 1, overflow 1"));
    CHECK_THAT(message, Catch::Matches(".*no connection came free in [0-9.]+ m?s.*"));
    CHECK_THAT(message,
               Catch::Matches(".*connection 1: the nightly report, for [0-9.]+ m?s, connection 2: thread 0x[0-9a-f]+, for [0-9.]+ m?s.*"));
    CHECK_THAT(message, Catch::Contains("This very thread took connection 1"));
    CHECK_THAT(message, Catch::Contains("raise the pool's size, overflow or timeout"));
    CHECK_THAT(pool->describe_holders(),
               Catch::Matches("connection 1: the nightly report, for [0-9.]+ m?s\nconnection 2: thread 0x[0-9a-f]+, for [0-9.]+ m?s\n"));
    CHECK(pool->metrics().timeouts == 1);
}

TEST_CASE("a label ends with its checkout", "[pool]") {
    server s;
    const auto pool = make_pool(s, {.size = 1});
    pool->checkout("first").release();
    CHECK(pool->describe_holders().empty());
    const auto lease = pool->checkout();
    CHECK_THAT(pool->describe_holders(), Catch::Contains("thread 0x") && !Catch::Contains("first"));
}

TEST_CASE("a long list of holders is cut", "[pool]") {
    server s;
    const auto pool = make_pool(s, {.size = 12, .overflow = 0, .timeout = 0ms});
    std::vector<azoth::lease> leases;
    leases.reserve(12);
    for (int i = 0; i < 12; ++i) leases.push_back(pool->checkout("holder"));
    CHECK_THROWS_WITH(pool->checkout(), Catch::Contains("and 2 more"));
}

TEST_CASE("a deadline shortens the wait, and never lengthens it", "[pool]") {
    server s;
    const auto pool = make_pool(s, {.size = 1, .overflow = 0, .timeout = 10s});
    const auto held = pool->checkout();
    auto began = steady_clock::now();
    CHECK_THROWS_AS(pool->checkout(azoth::deadline::after(30ms)), azoth::pool_exhausted);
    CHECK(since(began) >= 30ms);
    CHECK(since(began) < 5s);
    const auto brief = make_pool(s, {.size = 1, .overflow = 0, .timeout = 30ms});
    const auto other = brief->checkout();
    began = steady_clock::now();
    CHECK_THROWS_AS(brief->checkout(azoth::deadline::after(1h)), azoth::pool_exhausted);
    CHECK(since(began) < 5s);
    CHECK_THROWS_AS(brief->checkout(azoth::deadline{steady_clock::now() - 1h}), azoth::pool_exhausted);
}

TEST_CASE("a stop ends the wait", "[pool]") {
    server s;
    const auto pool = make_pool(s, {.size = 1, .overflow = 0, .timeout = 60s});
    auto held = pool->checkout();
    azoth::stop_source stop;
    const auto code_of_wait = [&] {
        try {
            (void)pool->checkout({}, stop.get_token());
        } catch (const azoth::operational_error& e) {
            return e.code();
        }
        return azoth::errc::internal;
    };
    SECTION("under way") {
        azoth::errc code{};
        std::thread waiter{[&] { code = code_of_wait(); }};
        REQUIRE(eventually([&] { return pool->metrics().waiting == 1; }));
        stop.request_stop();
        waiter.join();
        CHECK(code == azoth::errc::cancelled);
    }
    SECTION("before it begins") {
        stop.request_stop();
        CHECK(code_of_wait() == azoth::errc::cancelled);
        held.release();
        CHECK(code_of_wait() == azoth::errc::cancelled);
    }
    CHECK(pool->metrics().waiting == 0);
    CHECK(pool->metrics().timeouts == 0);
}

TEST_CASE("closing the pool ends all waits", "[pool]") {
    server s;
    const auto pool = make_pool(s, {.size = 1, .overflow = 0, .timeout = 60s});
    const auto held = pool->checkout();
    std::atomic<int> told{};
    std::vector<std::thread> waiters;
    waiters.reserve(3);
    for (int i = 0; i < 3; ++i)
        waiters.emplace_back([&] {
            try {
                (void)pool->checkout();
            } catch (const azoth::interface_error& e) {
                told += e.code() == azoth::errc::closed;
            }
        });
    REQUIRE(eventually([&] { return pool->metrics().waiting == 3; }));
    pool->close();
    for (auto& w : waiters) w.join();
    CHECK(told == 3);
}

TEST_CASE("all threads get their share of too few connections", "[pool]") {
    server s;
    const auto pool = make_pool(s, {.size = 1, .overflow = 0, .timeout = 30s});
    std::vector<std::thread> threads;
    threads.reserve(6);
    std::atomic<int> shares{};
    for (int i = 0; i < 6; ++i)
        threads.emplace_back([&] {
            try {
                for (int k = 0; k < 500; ++k) {
                    const auto lease = pool->checkout();
                    if (k % 100 == 0) std::this_thread::sleep_for(1ms);
                }
                ++shares;
            } catch (const azoth::pool_exhausted&) {}
        });
    for (auto& t : threads) t.join();
    CHECK(shares == 6);
}

TEST_CASE("newcomers overtake the longest waiter only so often, and then wait themselves", "[pool]") {
    server s;
    const auto pool = make_pool(s, {.size = 1, .overflow = 0, .timeout = 60s});
    std::chrono::milliseconds each_holds{};
    int most = 0;
    SECTION("with brief loans, as often as costs less than waking a thread") { most = 1024; }
    SECTION("with long ones, 16 times") {
        each_holds = 6ms;
        most = 16;
    }
    std::atomic<bool> served{};
    int overtakings = 0;
    // Both on one core, where the waiter gives way: woken, it finds the connection taken, until the newcomer has to wait.
    std::thread newcomer{[&] {
        stay_on_this_core();
        auto held = pool->checkout();
        std::thread waiter{[&] {
            give_way_to_others();
            const auto lease = pool->checkout();
            served = true;
        }};
        const bool is_waiting = eventually([&] { return pool->metrics().waiting == 1; });
        while (is_waiting && !served && overtakings < 5000) {
            if (each_holds > 0ms) std::this_thread::sleep_for(each_holds);
            held.release();
            held = pool->checkout();
            if (!served) ++overtakings;
        }
        held.release();
        waiter.join();
    }};
    newcomer.join();
    CHECK(served);
    CHECK(overtakings > 0);
    CHECK(overtakings <= most);
}
