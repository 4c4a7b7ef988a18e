#include "fake_driver.hpp"

#include <azoth/base/error.hpp>

#include <catch2/catch.hpp>

using namespace pool_tests;

namespace {

struct fixture {
    server s{};
    std::shared_ptr<azoth::pool> pool{make_pool(s, {.size = 1, .overflow = 0})};
};

}  // namespace

TEST_CASE_METHOD(fixture, "no open transaction is handed on", "[pool]") {
    {
        const auto lease = pool->checkout();
        lease->driver->begin({});
    }
    CHECK(s.rollbacks == 1);
    const auto next = pool->checkout();
    CHECK_FALSE(next->driver->in_transaction());
    CHECK(s.opened == 1);
    CHECK(s.resets == 0);
}

TEST_CASE_METHOD(fixture, "a connection whose rollback fails is replaced", "[pool]") {
    {
        const auto lease = pool->checkout();
        lease->driver->begin({});
        s.rollback_fails = true;
    }
    CHECK(s.closed == 1);
    CHECK(pool->metrics().invalidated == 1);
    CHECK(pool->checkout());
    CHECK(s.opened == 2);
}

TEST_CASE_METHOD(fixture, "only a dirty connection gets a full reset", "[pool]") {
    pool->checkout().release();
    CHECK(s.resets == 0);
    pool->checkout()->dirty = true;
    CHECK(s.resets == 1);
    CHECK_FALSE(pool->checkout()->dirty);
    CHECK(s.resets == 1);
    CHECK(s.opened == 1);
}

TEST_CASE_METHOD(fixture, "a dirty connection that cannot be reset is replaced", "[pool]") {
    SECTION("where the driver says so") { s.can_reset = false; }
    SECTION("where the reset fails") { s.reset_fails = true; }
    pool->checkout()->dirty = true;
    CHECK(s.closed == 1);
    CHECK_FALSE(pool->checkout()->dirty);
    CHECK(s.opened == 2);
}

TEST_CASE_METHOD(fixture, "an invalid connection is replaced", "[pool]") {
    pool->checkout()->invalid = true;
    CHECK(s.closed == 1);
    CHECK(pool->metrics().invalidated == 1);
    CHECK_FALSE(pool->checkout()->invalid);
}

TEST_CASE("a disconnect replaces the whole generation, once", "[pool]") {
    server s;
    const auto pool = make_pool(s, {.size = 4});
    auto a = pool->checkout();
    auto b = pool->checkout();
    auto c = pool->checkout();
    pool->checkout().release();
    REQUIRE(s.opened == 4);
    SECTION("that a lease tells") {
        a.invalidate("the server went away", true);
        b.invalidate("the server went away", true);
    }
    SECTION("that the connection tells when it comes back") {
        a->disconnected = true;
        b->disconnected = true;
        a.release();
        b.release();
    }
    auto fresh = pool->checkout();
    CHECK(s.opened == 5);
    const auto id = fresh->id;
    c.release();  // of the lost generation
    fresh.release();
    CHECK(pool->checkout()->id == id);
    CHECK(s.opened == 5);
    CHECK(s.closed == 4);
    CHECK(pool->metrics().invalidated == 4);
}

TEST_CASE("invalidating one connection leaves the others", "[pool]") {
    server s;
    const auto pool = make_pool(s, {.size = 2});
    auto a = pool->checkout();
    auto b = pool->checkout();
    const auto id = b->id;
    a.invalidate("broken");
    b.release();
    CHECK(pool->checkout()->id == id);
}

TEST_CASE("invalidate_all replaces idle connections now and others when they come back", "[pool]") {
    server s;
    const auto pool = make_pool(s, {.size = 3});
    auto out = pool->checkout();
    pool->checkout().release();
    pool->invalidate_all("the password has changed");
    CHECK(s.closed == 1);
    out.release();
    CHECK(s.closed == 2);
    CHECK(pool->checkout());
    CHECK(s.opened == 3);
}

TEST_CASE("pre_ping replaces what is dead", "[pool]") {
    server s;
    const auto pool = make_pool(s, {.size = 1, .overflow = 0, .timeout = 0ms, .pre_ping = true});
    pool->checkout().release();
    CHECK(s.pings == 0);  // it was new
    {
        const auto lease = pool->checkout();
        CHECK(s.pings == 1);
        CHECK(s.opened == 1);
        const auto& until = static_cast<fake_connection&>(*lease->driver).last_ping_until;
        CHECK(until.is_set());
        CHECK_FALSE(until.has_passed());
    }
    s.ping_fails = true;
    CHECK(pool->checkout());
    CHECK(s.opened == 2);
    CHECK(s.closed == 1);
    CHECK(pool->metrics().invalidated == 1);
    s.is_down = true;
    CHECK_THROWS_WITH(pool->checkout(), "no route to the fake server");
    CHECK(pool->metrics().open == 0);
    CHECK(pool->metrics().checkouts == 3);
}

TEST_CASE("recycle replaces old connections", "[pool]") {
    server s;
    const auto pool = make_pool(s, {.size = 1, .recycle = std::chrono::seconds{1}});
    pool->checkout().release();
    pool->checkout().release();
    CHECK(s.opened == 1);
    std::this_thread::sleep_for(1100ms);
    CHECK(pool->checkout());
    CHECK(s.opened == 2);
    CHECK(s.closed == 1);
    CHECK(pool->metrics().invalidated == 0);
}
