#include "fake_driver.hpp"

#include <azoth/base/error.hpp>

#include <catch2/catch.hpp>

#include <future>
#include <vector>

using azoth::pool_kind;
using namespace pool_tests;

TEST_CASE("the null pool opens and closes each time, without limit", "[pool]") {
    server s;
    const auto pool = make_pool(s, {.kind = pool_kind::null, .size = 1, .overflow = 0});
    {
        std::vector<azoth::lease> leases;
        leases.reserve(20);
        for (int i = 0; i < 20; ++i) leases.push_back(pool->checkout());
        CHECK(s.alive == 20);
        CHECK(pool->metrics().checked_out == 20);
    }
    CHECK(s.opened == 20);
    CHECK(s.closed == 20);
    CHECK(s.rollbacks == 0);
    CHECK(pool->metrics().open == 0);
}

TEST_CASE("the shared pool has one connection that all take in turn", "[pool]") {
    server s;
    const auto pool = make_pool(
        s, {.kind = pool_kind::shared, .size = 7, .overflow = 7, .timeout = 20ms, .recycle = std::chrono::seconds{1}, .pre_ping = true});
    std::uint64_t id = 0;
    {
        const auto lease = pool->checkout();
        id = lease->id;
        CHECK_THROWS_WITH(pool->checkout(),
                          Catch::Contains("the one that all share") && Catch::Contains("This very thread took connection 1"));
    }
    std::this_thread::sleep_for(1100ms);
    CHECK(pool->checkout()->id == id);  // neither aged nor pinged: its database would be gone
    CHECK(s.pings == 0);
    CHECK(s.opened == 1);
}

TEST_CASE("the per-thread pool keeps a connection for each thread", "[pool]") {
    server s;
    const auto pool = make_pool(s, {.kind = pool_kind::per_thread, .size = 1, .overflow = 0, .timeout = 0ms});
    const auto mine = pool->checkout()->id;
    CHECK(pool->checkout()->id == mine);
    std::thread{[&] {
        const auto other = pool->checkout()->id;
        CHECK(other != mine);
        CHECK(pool->checkout()->id == other);
        CHECK(pool->metrics().open == 2);
    }}.join();
    CHECK(s.closed == 1);  // with its thread
    CHECK(pool->metrics().open == 1);
    CHECK(pool->checkout()->id == mine);
}

TEST_CASE("a thread whose own connection is out gets another one for once", "[pool]") {
    server s;
    const auto pool = make_pool(s, {.kind = pool_kind::per_thread});
    const auto mine = pool->checkout();
    std::uint64_t extra = 0;
    {
        const auto second = pool->checkout();
        extra = second->id;
        CHECK(extra != mine->id);
    }
    CHECK(s.closed == 1);
    CHECK(pool->checkout()->id != extra);
}

TEST_CASE("a connection of a thread may be given back by another", "[pool]") {
    server s;
    const auto pool = make_pool(s, {.kind = pool_kind::per_thread});
    SECTION("while its thread lives") {
        auto lease = pool->checkout();
        const auto id = lease->id;
        std::thread{[moved = std::move(lease)]() mutable { moved.release(); }}.join();
        CHECK(pool->checkout()->id == id);
        CHECK(s.closed == 0);
    }
    SECTION("and is closed where its thread has ended") {
        auto lease = std::async(std::launch::async, [&] { return pool->checkout(); }).get();
        CHECK(s.closed == 0);
        lease.release();
        CHECK(s.closed == 1);
        CHECK(pool->metrics().open == 0);
    }
}

TEST_CASE("a per-thread pool may end before its threads", "[pool]") {
    server s;
    auto pool = make_pool(s, {.kind = pool_kind::per_thread});
    std::promise<void> taken;
    std::promise<void> gone;
    std::thread worker{[&] {
        (void)pool->checkout();
        taken.set_value();
        gone.get_future().wait();
    }};
    taken.get_future().wait();
    pool.reset();
    CHECK(s.alive == 0);
    gone.set_value();
    worker.join();
}

TEST_CASE("every kind replaces, invalidates and closes", "[pool]") {
    const auto kind = GENERATE(pool_kind::queue, pool_kind::shared, pool_kind::per_thread, pool_kind::null);
    server s;
    const auto pool = make_pool(s, {.kind = kind});
    pool->checkout().invalidate("lost");
    CHECK(s.closed == 1);
    (void)pool->checkout();
    CHECK(s.opened == 2);
    pool->invalidate_all("all lost");
    CHECK(s.closed == 2);
    auto held = pool->checkout();
    CHECK(s.opened == 3);
    pool->close();
    held.release();
    CHECK(s.closed == 3);
    CHECK_THROWS_AS(pool->checkout(), azoth::interface_error);
    const auto m = pool->metrics();
    CHECK(m.opened == 3);
    CHECK(m.closed == 3);
    CHECK(m.open == 0);
    CHECK(m.checked_out == 0);
    CHECK(m.checkouts == 3);
}
