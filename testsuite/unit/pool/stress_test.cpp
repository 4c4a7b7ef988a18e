#include "fake_driver.hpp"

#include <azoth/base/error.hpp>

#include <catch2/catch.hpp>

#include <random>
#include <vector>

using azoth::pool_kind;
using namespace pool_tests;

TEST_CASE("many threads: no connection is ever in two hands, and the counts are exact", "[pool]") {
    const auto kind = GENERATE(pool_kind::queue, pool_kind::shared, pool_kind::per_thread, pool_kind::null);
    constexpr std::size_t threads = 8;
    constexpr std::size_t rounds = 1500;
    server s;
    struct in_use {
        std::atomic<bool> taken{};
    };
    azoth::pool_events events;
    events.connect = [](azoth::pooled_connection& c) { c.extra = std::make_shared<in_use>(); };
    const auto pool = make_pool(s, {.kind = kind, .size = 2, .overflow = 2, .timeout = 60s, .lifo = true}, events);
    std::atomic<int> collisions{};
    std::atomic<std::uint64_t> checkouts{};
    std::atomic<std::uint64_t> invalidated{};
    std::atomic<std::uint64_t> most_out{};
    std::vector<std::thread> workers;
    workers.reserve(threads);
    for (std::size_t t = 0; t < threads; ++t)
        workers.emplace_back([&, t] {
            std::mt19937 random{static_cast<unsigned>(t)};
            for (std::size_t i = 0; i < rounds; ++i) {
                auto lease = random() % 2 ? pool->checkout("worker") : pool->checkout();
                ++checkouts;
                auto& mine = *static_cast<in_use*>(lease->extra.get());
                if (mine.taken.exchange(true)) ++collisions;
                if (random() % 4 == 0) lease->driver->begin({});
                if (random() % 8 == 0) lease->dirty = true;
                if (random() % 64 == 0) most_out = std::max<std::uint64_t>(most_out, pool->metrics().checked_out);
                if (random() % 64 == 0) (void)pool->describe_holders();
                mine.taken = false;
                switch (random() % 100) {
                    case 0:
                        lease.invalidate("by lot");
                        ++invalidated;
                        break;
                    case 1: lease.detach()->close(); break;
                    default: break;
                }
            }
        });
    for (auto& w : workers) w.join();
    CHECK(collisions == 0);
    const auto m = pool->metrics();
    CHECK(m.checkouts == checkouts);
    CHECK(m.checkouts == threads * rounds);
    CHECK(m.checked_out == 0);
    CHECK(m.waiting == 0);
    CHECK(m.invalidated == invalidated);
    CHECK(m.timeouts == 0);
    CHECK(m.opened == static_cast<std::uint64_t>(s.opened.load()));
    CHECK(m.closed == static_cast<std::uint64_t>(s.closed.load()));
    CHECK(m.opened - m.closed == m.open);
    CHECK(static_cast<std::size_t>(s.alive.load()) == m.open);
    if (kind == pool_kind::queue) CHECK(most_out <= 4);
    if (kind == pool_kind::queue) CHECK(m.open <= 2);
    if (kind == pool_kind::shared) CHECK(most_out <= 1);
    if (kind == pool_kind::per_thread || kind == pool_kind::null) CHECK(m.open == 0);
}

TEST_CASE("many threads under time-outs, stops and invalidations", "[pool]") {
    server s;
    const auto pool = make_pool(s, {.size = 1, .overflow = 1, .timeout = 2ms, .pre_ping = true});
    std::atomic<bool> done{};
    std::atomic<std::uint64_t> got{};
    std::atomic<std::uint64_t> timeouts{};
    std::vector<std::thread> workers;
    workers.reserve(6);
    for (int t = 0; t < 6; ++t)
        workers.emplace_back([&, t] {
            std::mt19937 random{static_cast<unsigned>(t)};
            while (!done) {
                azoth::stop_source stop;
                std::thread stopper;
                if (random() % 16 == 0) stopper = std::thread{[&] { stop.request_stop(); }};
                try {
                    auto lease = pool->checkout({}, stop.get_token());
                    ++got;
                    if (random() % 3 == 0) std::this_thread::sleep_for(1ms);
                    if (random() % 20 == 0) lease.invalidate("by lot", true);
                } catch (const azoth::pool_exhausted&) {
                    ++timeouts;
                } catch (const azoth::operational_error&) {}
                if (stopper.joinable()) stopper.join();
            }
        });
    for (int i = 0; i < 40; ++i) {
        std::this_thread::sleep_for(5ms);
        if (i % 10 == 0) pool->invalidate_all("by lot");
        s.is_down = false;
    }
    done = true;
    for (auto& w : workers) w.join();
    const auto m = pool->metrics();
    CHECK(m.checkouts == got);
    CHECK(m.timeouts == timeouts);
    CHECK(m.checked_out == 0);
    CHECK(m.waiting == 0);
    CHECK(m.open <= 1);
    CHECK(m.opened - m.closed == m.open);
    CHECK(static_cast<std::size_t>(s.alive.load()) == m.open);
    CHECK(got > 0);
}
