#include "fake_driver.hpp"

#include <azoth/base/error.hpp>

#include <catch2/catch.hpp>

#include <sys/wait.h>
#include <unistd.h>

#include <vector>

using azoth::pool_kind;
using namespace pool_tests;

namespace {

/// Runs `work` in a forked child, which must return true; a child that hangs is killed by its alarm.
template <class F>
bool holds_in_child(F&& work) {
    const pid_t child = fork();
    if (child == 0) {
        alarm(20);
        bool good = false;
        try {
            good = work();
        } catch (...) {}
        _exit(good ? 0 : 1);
    }
    int status = -1;
    REQUIRE(waitpid(child, &status, 0) == child);
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

}  // namespace

TEST_CASE("a forked child abandons what it inherited and opens its own", "[pool]") {
    const auto kind = GENERATE(pool_kind::queue, pool_kind::shared, pool_kind::per_thread);
    server s;
    const auto pool = make_pool(s, {.kind = kind, .size = 1, .overflow = 0, .timeout = 0ms});
    pool->checkout().release();
    CHECK(holds_in_child([&] {
        bool good = pool->metrics().open == 0 && pool->describe_holders().empty();
        {
            const auto lease = pool->checkout();
            good = good && lease && !lease.is_inherited() && s.opened == 2 && s.abandoned == 1 && s.closed == 0 && s.alive == 1;
        }
        good = good && pool->metrics().open == 1 && pool->metrics().opened == 1;
        (void)pool->checkout();
        return good && s.opened == 2;
    }));
    CHECK(pool->checkout());
    CHECK(s.opened == 1);
    CHECK(s.abandoned == 0);
    CHECK(pool->metrics().open == 1);
}

TEST_CASE("a lease inherited across a fork is abandoned", "[pool]") {
    server s;
    auto pool = make_pool(s, {.size = 1, .overflow = 0, .timeout = 0ms});
    auto lease = pool->checkout();
    lease->driver->begin({});
    CHECK_FALSE(lease.is_inherited());
    const auto is_abandoned = [&](int count) { return s.abandoned == count && s.closed == 0 && s.rollbacks == 0 && s.alive == 0; };
    SECTION("when it is released") {
        CHECK(holds_in_child([&] {
            const bool good = lease.is_inherited();
            lease.release();
            return good && is_abandoned(1) && pool->checkout() && s.opened == 2;
        }));
    }
    SECTION("when it is invalidated") {
        CHECK(holds_in_child([&] {
            lease.invalidate("x", true);
            return is_abandoned(1) && pool->checkout() && s.opened == 2;
        }));
    }
    SECTION("when it would be detached") {
        CHECK(holds_in_child([&] {
            try {
                (void)lease.detach();
                return false;
            } catch (const azoth::interface_error&) {
                return is_abandoned(1);
            }
        }));
    }
    SECTION("when its pool is gone already") {
        CHECK(holds_in_child([&] {
            pool.reset();
            lease.release();
            return is_abandoned(1);
        }));
    }
    SECTION("after the child has opened others") {
        CHECK(holds_in_child([&] {
            auto own = pool->checkout();
            const bool good = s.opened == 2;
            lease.release();
            own.release();
            return good && s.abandoned == 1 && s.alive == 1 && pool->metrics().open == 1 && pool->metrics().checked_out == 0;
        }));
    }
    CHECK(pool->metrics().checked_out == 1);
    lease.release();
    CHECK(s.rollbacks == 1);
    CHECK(s.abandoned == 0);
}

TEST_CASE("what the layer above keeps dies after the abandoning", "[pool]") {
    struct extra {
        server& s;
        int& abandoned_at_end;
        extra(server& of, int& tells) : s{of}, abandoned_at_end{tells} {}
        extra(const extra&) = delete;
        extra& operator=(const extra&) = delete;
        ~extra() { abandoned_at_end = s.abandoned; }
    };
    server s;
    int abandoned_at_end = -1;
    azoth::pool_events events;
    events.connect = [&](azoth::pooled_connection& c) { c.extra = std::make_shared<extra>(s, abandoned_at_end); };
    const auto pool = make_pool(s, {}, events);
    pool->checkout().release();
    CHECK(holds_in_child([&] {
        pool->close();
        return abandoned_at_end == 1;
    }));
}

TEST_CASE("a pool that ends in the child leaves the parent's connections alone", "[pool]") {
    server s;
    auto pool = make_pool(s);
    pool->checkout().release();
    CHECK(holds_in_child([&] {
        pool.reset();
        return s.abandoned == 1 && s.closed == 0 && s.alive == 0;
    }));
}

TEST_CASE("a grandchild abandons what the child opened", "[pool]") {
    server s;
    const auto pool = make_pool(s);
    CHECK(holds_in_child([&] {
        pool->checkout().release();
        const pid_t grandchild = fork();
        if (grandchild == 0) {
            (void)pool->checkout();
            _exit(s.abandoned == 1 && s.opened == 2 ? 0 : 1);
        }
        int status = -1;
        return waitpid(grandchild, &status, 0) == grandchild && WIFEXITED(status) && WEXITSTATUS(status) == 0;
    }));
}

TEST_CASE("forks while other threads use and wait for the pool do not hang the child", "[pool]") {
    server s;
    const auto pool = make_pool(s, {.size = 1, .overflow = 1, .timeout = 60s});
    std::atomic<bool> done{};
    std::vector<std::thread> workers;
    workers.reserve(4);
    for (int i = 0; i < 4; ++i)
        workers.emplace_back([&] {
            while (!done) (void)pool->checkout();
        });
    int good = 0;
    for (int i = 0; i < 30; ++i)
        good += holds_in_child([&] {
            auto a = pool->checkout();
            auto b = pool->checkout();
            return a && b && pool->metrics().checked_out == 2 && pool->metrics().waiting == 0;
        });
    done = true;
    for (auto& w : workers) w.join();
    CHECK(good == 30);
    CHECK(s.abandoned == 0);
}
