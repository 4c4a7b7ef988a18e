#include "fake_driver.hpp"

#include <azoth/base/error.hpp>

#include <catch2/catch.hpp>

#include <vector>

using azoth::pooled_connection;
using namespace pool_tests;

namespace {

struct refusal : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// Writes down what it hears.
struct listener {
    std::vector<std::string> heard{};

    azoth::pool_events events() {
        azoth::pool_events e;
        e.connect = [this](pooled_connection&) { heard.emplace_back("connect"); };
        e.checkout = [this](pooled_connection&) { heard.emplace_back("checkout"); };
        e.checkin = [this](pooled_connection&) { heard.emplace_back("checkin"); };
        e.invalidate = [this](pooled_connection& c, const std::string& reason) {
            heard.push_back("invalidate: " + reason);
            CHECK(c.driver != nullptr);
        };
        e.close = [this](pooled_connection& c) {
            heard.emplace_back("close");
            CHECK(c.driver != nullptr);
        };
        return e;
    }
};

using words = std::vector<std::string>;

}  // namespace

TEST_CASE("events tell a connection's life", "[pool]") {
    server s;
    listener ear;
    const auto pool = make_pool(s, {.size = 1}, ear.events());
    pool->checkout().release();
    CHECK(ear.heard == words{"connect", "checkout", "checkin"});
    ear.heard.clear();
    pool->checkout().invalidate("the cable was cut");
    CHECK(ear.heard == words{"checkout", "invalidate: the cable was cut", "close"});
    ear.heard.clear();
    pool->checkout().release();
    pool->close();
    CHECK(ear.heard == words{"connect", "checkout", "checkin", "close"});
}

TEST_CASE("the invalidate event tells the reason", "[pool]") {
    server s;
    listener ear;
    const auto pool = make_pool(s, {.size = 1}, ear.events());
    SECTION("of a failed rollback") {
        s.rollback_fails = true;
        pool->checkout()->driver->begin({});
        REQUIRE(ear.heard.size() >= 4);
        CHECK(ear.heard[3] == "invalidate: rollback lost");
    }
    SECTION("of a refused reset") {
        s.can_reset = false;
        pool->checkout()->dirty = true;
        REQUIRE(ear.heard.size() >= 4);
        CHECK(ear.heard[3] == "invalidate: it could not be reset");
    }
    SECTION("of invalidate_all") {
        auto out = pool->checkout();
        pool->invalidate_all("new password");
        out.release();
        REQUIRE(ear.heard.size() >= 4);
        CHECK(ear.heard[3] == "invalidate: its generation was invalidated");
    }
    REQUIRE(ear.heard.size() == 5);
    CHECK(ear.heard[4] == "close");
}

TEST_CASE("events are called outside the pool's lock", "[pool]") {
    server s;
    std::shared_ptr<azoth::pool> pool;
    int calls = 0;
    const auto look = [&](pooled_connection&) {
        ++calls;
        if (pool) (void)pool->metrics();
    };
    azoth::pool_events events{.connect = look, .checkout = look, .checkin = look, .close = look};
    events.invalidate = [&](pooled_connection& c, const std::string&) { look(c); };
    events.reset = [&](pooled_connection& c) {
        look(c);
        return true;
    };
    pool = make_pool(s, {.size = 1}, events);
    pool->checkout().release();
    pool->checkout().invalidate("x");
    CHECK(calls == 7);
}

TEST_CASE("an event that throws refuses the connection and leaks no place", "[pool]") {
    server s;
    bool refuses = true;
    azoth::pool_events events;
    const auto refuse = [&](pooled_connection&) {
        if (refuses) throw refusal{"not this one"};
    };
    SECTION("from connect") { events.connect = refuse; }
    SECTION("from checkout") { events.checkout = refuse; }
    const auto pool = make_pool(s, {.size = 1, .overflow = 0, .timeout = 0ms}, events);
    for (int i = 1; i <= 3; ++i) {
        CHECK_THROWS_AS(pool->checkout(), refusal);
        CHECK(s.opened == i);
        CHECK(s.closed == i);
        CHECK(s.alive == 0);
    }
    refuses = false;
    CHECK(pool->checkout());
    const auto m = pool->metrics();
    CHECK(m.checkouts == 1);
    CHECK(m.opened == 4);
    CHECK(m.closed == 3);
    CHECK(m.checked_out == 0);
    CHECK(m.open == 1);
}

TEST_CASE("other events that throw do no harm", "[pool]") {
    server s;
    azoth::pool_events events;
    const auto fail = [](pooled_connection&) { throw refusal{"oops"}; };
    SECTION("from checkin: the connection is replaced") {
        events.checkin = fail;
        const auto pool = make_pool(s, {.size = 1}, events);
        pool->checkout().release();
        CHECK(s.closed == 1);
    }
    SECTION("from reset: the connection is replaced") {
        events.reset = [](pooled_connection&) -> bool { throw refusal{"oops"}; };
        const auto pool = make_pool(s, {.size = 1}, events);
        pool->checkout().release();
        CHECK(s.closed == 1);
    }
    SECTION("from close and invalidate: it is closed nevertheless") {
        events.close = fail;
        events.invalidate = [](pooled_connection&, const std::string&) { throw refusal{"oops"}; };
        const auto pool = make_pool(s, {.size = 1}, events);
        pool->checkout().invalidate("x");
        CHECK(s.closed == 1);
        CHECK(s.alive == 0);
    }
}

TEST_CASE("an event replaces the pool's own reset", "[pool]") {
    server s;
    bool cleans = true;
    azoth::pool_events events;
    events.reset = [&](pooled_connection& c) {
        if (cleans && c.driver->in_transaction()) c.driver->rollback();
        return true;
    };
    const auto pool = make_pool(s, {.size = 1}, events);
    pool->checkout()->driver->begin({});
    CHECK(s.rollbacks == 1);
    CHECK(s.closed == 0);
    cleans = false;
    pool->checkout()->driver->begin({});
    CHECK(s.closed == 1);  // what it leaves open is not handed on
}
