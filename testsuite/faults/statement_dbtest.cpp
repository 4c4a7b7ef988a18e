// Statements that take too long, are cancelled, or get in each other's way.
#include "fault_support.hpp"

#include <atomic>
#include <future>
#include <latch>
#include <thread>

namespace {

using namespace faults;
using namespace std::chrono_literals;
using clock_type = std::chrono::steady_clock;

void still_works(az::connection& c) {
    c.rollback();
    CHECK(c.execute(az::text("SELECT 1")).scalar<int>() == 1);
}

}  // namespace

TEST_CASE("a statement that runs past its deadline is ended, and the connection lives on") {
    on_each([](const target& on) {
        const auto engine = on.open();
        auto c = engine.connect();
        const auto session = on.session_of(c);
        const auto start = clock_type::now();
        const auto e = thrown<az::timeout_error>([&] { run_endless(c, {.until = az::deadline::after(400ms)}); });
        CHECK(clock_type::now() - start < 4s);
        CHECK(e.code() == az::errc::timeout);
        CHECK_FALSE(e.is_disconnect());
        still_works(c);
        CHECK(on.session_of(c) == session);
    });
}

TEST_CASE("the engine's statement_timeout holds for every statement") {
    on_each([](const target& on) {
        const auto engine = on.open({.statement_timeout = 400ms});
        auto c = engine.connect();
        CHECK_THROWS_AS(run_endless(c), az::timeout_error);
        still_works(c);
    });
}

TEST_CASE("cancel from another thread ends the statement, and the connection lives on") {
    on_each([](const target& on) {
        const auto engine = on.open();
        auto c = engine.connect();
        const auto session = on.session_of(c);
        std::jthread other{[&] {
            std::this_thread::sleep_for(300ms);
            c.cancel();
        }};
        const auto start = clock_type::now();
        const auto e = thrown<az::operational_error>([&] { run_endless(c); });
        other.join();
        CHECK(clock_type::now() - start < 4s);
        CHECK(e.code() == az::errc::cancelled);
        still_works(c);
        CHECK(on.session_of(c) == session);
    });
}

TEST_CASE("cancel of a connection that runs nothing does no harm") {
    on_each([](const target& on) {
        const auto engine = on.open();
        auto c = engine.connect();
        CHECK(c.execute(az::text("SELECT 1")).scalar<int>() == 1);
        c.cancel();
        std::this_thread::sleep_for(50ms);  // a late cancel could hit what comes next
        still_works(c);
    });
}

TEST_CASE("a stop token ends the statement") {
    on_each([](const target& on) {
        const auto engine = on.open();
        auto c = engine.connect();
        az::stop_source stop;
        std::jthread other{[&] {
            std::this_thread::sleep_for(300ms);
            stop.request_stop();
        }};
        const auto e = thrown<az::operational_error>([&] { run_endless(c, {.stop = stop.get_token()}); });
        other.join();
        CHECK(e.code() == az::errc::cancelled);
        still_works(c);
    });
}

TEST_CASE("a deadlock: one of the two is told, and a retry brings both through") {
    on_each([](const target& on) {
        const numbers_table t{on, 2};
        const auto engine = on.open();
        std::atomic<int> deadlocks{0};
        std::atomic<int> runs{0};
        std::latch both{2};
        const auto cross = [&](std::int64_t first, std::int64_t second) {
            bool waited = false;
            engine.run_transaction([&](az::connection& c) {
                ++runs;
                try {
                    c.execute(t.change(first, first));
                    if (!std::exchange(waited, true)) both.arrive_and_wait();
                    c.execute(t.change(second, first));
                } catch (const az::error& e) {
                    if (e.code() == az::errc::deadlock) ++deadlocks;
                    CHECK(e.is_retryable());
                    throw;
                }
            });
        };
        std::jthread other{[&] { cross(2, 1); }};
        cross(1, 2);
        other.join();
        CHECK(deadlocks == 1);
        CHECK(runs == 3);
    });
}

TEST_CASE("serializable transactions that would lose an update are told, and run_transaction brings all through") {
    on_each([](const target& on) {
        const numbers_table t{on, 1};
        const auto engine = on.open();
        constexpr int threads = 4;
        constexpr int each = 25;
        std::vector<std::future<void>> done;
        for (int i = 0; i < threads; ++i)
            done.push_back(std::async(std::launch::async, [&] {
                for (int k = 0; k < each; ++k)
                    engine.run_transaction(
                        [&](az::connection& c) {
                            const std::int64_t value = c.scalar(t.value_of(1));
                            c.execute(t.change(1, value + 1));
                        },
                        {.attempts = 100, .first_pause = 1ms, .transaction = {.isolation = az::isolation_level::serializable}});
            }));
        for (auto& d : done) d.get();
        CHECK(engine.connect().scalar(t.value_of(1)) == threads * each);
    });
}

TEST_CASE("a serialization failure has its class") {
    on_each([](const target& on) {
        const numbers_table t{on, 1};
        const auto engine = on.open();
        auto a = engine.connect();
        auto b = engine.connect();
        const az::transaction_options strict{.isolation = az::isolation_level::serializable};
        auto in_a = a.begin(strict);
        auto in_b = b.begin(strict);
        CHECK(a.scalar(t.value_of(1)) == 0);
        CHECK(b.scalar(t.value_of(1)) == 0);
        // PostgreSQL lets the second writer wait, then fail; MariaDB's readers hold locks, so that the two writers meet in a deadlock.
        auto first = std::async(std::launch::async, [&] {
            a.execute(t.change(1, 1));
            in_a.commit();
        });
        const auto second = [&] {
            b.execute(t.change(1, 2));
            in_b.commit();
        };
        int failures = 0;
        try {
            second();
        } catch (const az::error& e) {
            ++failures;
            CHECK((e.code() == az::errc::serialization || e.code() == az::errc::deadlock));
            CHECK(e.is_retryable());
            b.rollback();
        }
        try {
            first.get();
        } catch (const az::error& e) {
            ++failures;
            CHECK((e.code() == az::errc::serialization || e.code() == az::errc::deadlock));
            CHECK(e.is_retryable());
        }
        CHECK(failures == 1);
    });
}
