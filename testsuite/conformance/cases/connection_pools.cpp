#include "bank.hpp"
#include "expect.hpp"
#include "parts.hpp"

#include <future>

namespace azoth::conformance {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

engine_options pool_of(std::size_t size, std::size_t overflow, milliseconds timeout) {
    engine_options options;
    options.pool.size = size;
    options.pool.overflow = overflow;
    options.pool.timeout = timeout;
    return options;
}

void many_at_once(context& on) {
    const bank b{on};
    const engine db = engine_like(on, pool_of(3, 2, milliseconds{100}));
    std::vector<connection> all;
    for (int i = 0; i < 5; ++i) {
        all.push_back(db.connect());
        CHECK(b.content(all.back()) == bank::untouched);
    }
    for (auto& c : all) CHECK(b.balance(c, 1) == 100);
    CHECK(db.pool().metrics().checked_out == 5);
    CHECK(thrown<pool_exhausted>([&] { (void)db.connect(); }).code() == errc::pool_exhausted);
    all.clear();
    CHECK(db.pool().metrics().checked_out == 0);
    CHECK(db.pool().metrics().open == 3);
    connection c = db.connect();
    CHECK(b.content(c) == bank::untouched);
}

void exhausted_names_holder(context& on) {
    const bank b{on};
    const engine db = engine_like(on, pool_of(1, 0, milliseconds{50}));
    connection c = db.connect("the night's report");
    const stopwatch time;
    const auto e = thrown<pool_exhausted>([&] { (void)db.connect(); });
    CHECK(time.elapsed() >= milliseconds{40});
    CHECK(time.elapsed() < seconds{5});
    CHECK(contains(e.message(), "the night's report"));
    CHECK_FALSE(e.is_disconnect());
    CHECK(db.pool().metrics().timeouts == 1);
    CHECK(b.content(c) == bank::untouched);
}

void deadline_shortens_the_wait(context& on) {
    const engine db = engine_like(on, pool_of(1, 0, seconds{30}));
    const connection c = db.connect();
    const stopwatch time;
    (void)thrown<pool_exhausted>([&] { (void)db.connect(deadline::after(milliseconds{100})); });
    CHECK(time.elapsed() < seconds{5});
}

void waiting_is_served(context& on) {
    const bank b{on};
    const engine db = engine_like(on, pool_of(1, 0, seconds{20}));
    std::future<std::string> waiter;
    connection c = db.connect();
    b.open(c, 3);
    waiter = std::async(std::launch::async, [&] {
        connection mine = db.connect();
        return b.content(mine);
    });
    CHECK(waiter.wait_for(milliseconds{150}) == std::future_status::timeout);
    c.close();
    CHECK(waiter.get() == bank::untouched);
    CHECK(db.pool().metrics().opened == 1);
}

void threads_share_a_pool(context& on) {
    const bank b{on};
    const engine db = engine_like(on, pool_of(2, 1, seconds{60}));
    std::vector<std::future<void>> workers;
    for (std::int64_t w = 0; w < 6; ++w)
        workers.push_back(std::async(std::launch::async, [&, w] {
            for (std::int64_t i = 0; i < 5; ++i) db.run_transaction([&](connection& c) { b.open(c, 10 + w * 10 + i); });
        }));
    for (auto& w : workers) w.get();
    const auto metrics = db.pool().metrics();
    CHECK(metrics.checked_out == 0);
    CHECK(metrics.open <= 3);
    CHECK(metrics.invalidated == 0);
    connection c = on.connect();
    CHECK(c.execute(b.ids()).scalars().size() == 32);
}

template <pool_kind Kind>
void other_kind(context& on) {
    const bank b{on};
    engine_options options;
    options.pool.kind = Kind;
    options.pool_kind_said = true;
    options.pool.pre_ping = true;
    const engine db = engine_like(on, options);
    for (std::int64_t i = 3; i < 6; ++i) {
        connection c = db.connect();
        b.open(c, i);
        if (i != 4) c.commit();
    }
    CHECK(b.seen() == "1:100 2:100 3:0 5:0");
}

void connections_are_used_again(context& on) {
    const bank b{on};
    const engine db = engine_like(on, {});
    for (std::int64_t i = 3; i < 8; ++i) db.begin([&](connection& c) { b.open(c, i); });
    CHECK(db.pool().metrics().opened == 1);
    CHECK(db.pool().metrics().checkouts == 5);
    db.pool().invalidate_all("the case wants new ones");
    connection c = db.connect();
    CHECK(c.execute(b.ids()).scalars().size() == 7);
    CHECK(db.pool().metrics().opened == 2);
}

void few_prepared_statements(context& on) {
    const bank b{on};
    engine_options options;
    options.prepared_cache = 2;
    connection c = engine_like(on, options).connect();
    for (int round = 0; round < 4; ++round) {
        for (std::int64_t limit = 1; limit <= 2; ++limit) CHECK(c.execute(b.ids().limit(limit)).scalars().size() == std::size_t(limit));
        CHECK(c.execute(b.ids().offset(1).limit(5)).scalars() == std::vector<std::int64_t>{2});
        CHECK(b.balance(c, 2) == 100);
        b.add(c, 1, 1);
    }
    c.commit();
    CHECK(b.content(c) == "1:104 2:100");
}

}  // namespace

std::vector<test_case> areas::parts::pools() {
    return {
        {"connection/many-at-once", "a pool gives out as many connections as it may, each of use, and no more", {}, many_at_once},
        {"connection/exhausted", "an exhausted pool names the holder", {}, exhausted_names_holder},
        {"connection/exhausted-deadline", "a deadline shortens the wait for a connection", {}, deadline_shortens_the_wait},
        {"connection/waiting",
         "who waits gets the connection that comes back, and nothing of what was done with it",
         {},
         waiting_is_served},
        {"connection/threads", "six threads on three connections lose nothing and leave nothing", {}, threads_share_a_pool},
        {"connection/pool-null", "a pool that keeps nothing", {}, other_kind<pool_kind::null>},
        {"connection/pool-per-thread", "a pool with a connection for each thread", {}, other_kind<pool_kind::per_thread>},
        {"connection/used-again", "connections are used again, until all are to be replaced", {}, connections_are_used_again},
        {"connection/few-prepared", "more statements than the connection keeps prepared", {}, few_prepared_statements},
    };
}

}  // namespace azoth::conformance
