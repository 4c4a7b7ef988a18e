#include "fake_driver.hpp"

#include <azoth/base/error.hpp>

#include <catch2/catch.hpp>

#include <vector>

using azoth::pool_kind;
using namespace pool_tests;

TEST_CASE("a connection is opened once and used again", "[pool]") {
    server s;
    const auto pool = make_pool(s);
    std::uint64_t id = 0;
    for (int i = 0; i < 3; ++i) {
        const auto lease = pool->checkout();
        REQUIRE(lease);
        if (i == 0) id = lease->id;
        CHECK(lease->id == id);
        CHECK(lease->driver != nullptr);
    }
    CHECK(s.opened == 1);
    CHECK(s.closed == 0);
}

TEST_CASE("overflow is opened under load and closed afterwards", "[pool]") {
    server s;
    const auto pool = make_pool(s, {.size = 2, .overflow = 1, .timeout = 0ms});
    {
        std::vector<azoth::lease> leases;
        leases.reserve(3);
        for (int i = 0; i < 3; ++i) leases.push_back(pool->checkout());
        CHECK(pool->metrics().open == 3);
        CHECK_THROWS_AS(pool->checkout(), azoth::pool_exhausted);
    }
    CHECK(s.opened == 3);
    CHECK(s.closed == 1);
    CHECK(pool->metrics().open == 2);
}

TEST_CASE("a pool of overflow alone keeps nothing", "[pool]") {
    server s;
    const auto pool = make_pool(s, {.size = 0, .overflow = 1, .timeout = 0ms});
    for (int i = 0; i < 3; ++i) {
        const auto lease = pool->checkout();
        CHECK_THROWS_AS(pool->checkout(), azoth::pool_exhausted);
    }
    CHECK(s.opened == 3);
    CHECK(s.closed == 3);
}

TEST_CASE("FIFO hands out the connection idle for longest, LIFO the one used last", "[pool]") {
    const bool lifo = GENERATE(false, true);
    server s;
    const auto pool = make_pool(s, {.size = 3, .lifo = lifo});
    auto a = pool->checkout();
    auto b = pool->checkout();
    auto c = pool->checkout();
    const auto first = a->id;
    const auto last = b->id;
    a.release();
    c.release();
    b.release();
    CHECK(pool->checkout()->id == (lifo ? last : first));
    if (lifo) CHECK(pool->checkout()->id == last);
    else CHECK(pool->checkout()->id != first);
}

TEST_CASE("leases move", "[pool]") {
    server s;
    const auto pool = make_pool(s, {.size = 2});
    auto a = pool->checkout();
    azoth::lease b = std::move(a);
    CHECK_FALSE(a);  // NOLINT(bugprone-use-after-move)
    CHECK(b);
    CHECK(pool->metrics().checked_out == 1);
    auto c = pool->checkout();
    c = std::move(b);
    CHECK(pool->metrics().checked_out == 1);
    c.release();
    c.release();
    CHECK(pool->metrics().checked_out == 0);
    azoth::lease nothing;
    nothing.release();
    nothing.invalidate("nothing");
    CHECK_THROWS_AS(nothing.detach(), azoth::interface_error);
}

TEST_CASE("a lease outlives what the program holds of its pool", "[pool]") {
    server s;
    {
        auto pool = make_pool(s, {.size = 2});
        auto a = pool->checkout();
        auto b = pool->checkout();
        pool.reset();
        CHECK(s.alive == 2);
        a.release();
        CHECK(s.alive == 2);
        SECTION("until it is given back") { b.release(); }
        SECTION("until it is invalidated") { b.invalidate("enough"); }
        SECTION("until it is detached") { b.detach()->close(); }
        CHECK(s.alive == 0);
    }
    CHECK(s.closed == 2);
}

TEST_CASE("what the layer above keeps dies before the driver", "[pool]") {
    struct extra {
        server& s;
        int& alive_at_end;
        extra(server& of, int& tells) : s{of}, alive_at_end{tells} {}
        extra(const extra&) = delete;
        extra& operator=(const extra&) = delete;
        ~extra() { alive_at_end = s.alive * 10 + s.closed; }
    };
    server s;
    int alive_at_end = -1;
    azoth::pool_events events;
    events.connect = [&](azoth::pooled_connection& c) { c.extra = std::make_shared<extra>(s, alive_at_end); };
    auto pool = make_pool(s, {}, events);
    auto lease = pool->checkout();
    SECTION("when it is invalidated") { lease.invalidate("enough"); }
    SECTION("when the pool closes") {
        lease.release();
        pool->close();
    }
    SECTION("when the pool ends") {
        lease.release();
        pool.reset();
    }
    SECTION("when it is detached") { auto driver = lease.detach(); }
    CHECK(alive_at_end == 10);
}

TEST_CASE("a detached connection belongs to the caller", "[pool]") {
    server s;
    const auto pool = make_pool(s, {.size = 1, .overflow = 0, .timeout = 0ms});
    auto lease = pool->checkout();
    const auto driver = lease.detach();
    CHECK(driver != nullptr);
    CHECK_FALSE(lease);
    CHECK(s.closed == 0);
    CHECK(pool->metrics().open == 0);
    CHECK(pool->checkout());
    CHECK(s.opened == 2);
}

TEST_CASE("a closed pool hands out nothing", "[pool]") {
    server s;
    const auto pool = make_pool(s, {.size = 2});
    auto held = pool->checkout();
    pool->checkout().release();
    pool->close();
    CHECK(s.closed == 1);
    held.release();
    CHECK(s.closed == 2);
    try {
        (void)pool->checkout();
        FAIL("a closed pool handed something out");
    } catch (const azoth::interface_error& e) {
        CHECK(e.code() == azoth::errc::closed);
    }
    pool->close();
    CHECK(s.opened == 2);
}

TEST_CASE("options that contradict are refused", "[pool]") {
    server s;
    CHECK_THROWS_AS(make_pool(s, {.size = 0, .overflow = 0}), azoth::interface_error);
    CHECK_THROWS_AS(make_pool(s, {.timeout = -1ms}), azoth::interface_error);
    CHECK_THROWS_AS(make_pool(s, {.recycle = std::chrono::seconds{-1}}), azoth::interface_error);
    CHECK_THROWS_AS(azoth::pool::create({}, {}), azoth::interface_error);
    CHECK_NOTHROW(make_pool(s, {.kind = pool_kind::null, .size = 0, .overflow = 0}));
    CHECK_NOTHROW(make_pool(s, {.size = SIZE_MAX, .overflow = SIZE_MAX})->checkout());
    CHECK_NOTHROW(make_pool(s, {.timeout = std::chrono::milliseconds::max()})->checkout());
}

TEST_CASE("errors of the connector pass through and free the place", "[pool]") {
    server s;
    const auto pool = make_pool(s, {.size = 1, .overflow = 0, .timeout = 0ms});
    s.is_down = true;
    for (int i = 0; i < 3; ++i) CHECK_THROWS_WITH(pool->checkout(), "no route to the fake server");
    CHECK(pool->metrics().open == 0);
    CHECK(pool->metrics().checkouts == 0);
    s.is_down = false;
    CHECK(pool->checkout());
}

TEST_CASE("a connector that returns nothing is a defect", "[pool]") {
    const auto pool = azoth::pool::create([](const azoth::deadline&) { return nullptr; }, {});
    CHECK_THROWS_AS(pool->checkout(), azoth::internal_error);
    CHECK(pool->metrics().open == 0);
}

TEST_CASE("the deadline reaches the connector", "[pool]") {
    server s;
    azoth::deadline seen;
    const auto pool = azoth::pool::create(
        [&](const azoth::deadline& until) {
            seen = until;
            return std::make_unique<fake_connection>(s);
        },
        {});
    const auto until = azoth::deadline::after(1h);
    (void)pool->checkout(until);
    CHECK(seen.at() == until.at());
}
