// The network goes silent, or hangs up.
#include "fault_support.hpp"

#include <support/network_proxy.hpp>

namespace {

using namespace faults;
using namespace std::chrono_literals;
using clock_type = std::chrono::steady_clock;

/// Runs `work`, which has to throw E within `limit`.
template <class E, class F>
E thrown_within(std::chrono::milliseconds limit, F&& work) {
    const auto start = clock_type::now();
    E e = thrown<E>(std::forward<F>(work));
    CHECK(clock_type::now() - start < limit);
    return e;
}

/// A way to the database that can be interrupted.
struct interruptible {
    explicit interruptible(const target& on, az::engine_options options = {})
        : proxy{on.server().host, on.server().port},
          engine{target::open(on.parsed().with_host("127.0.0.1", proxy.port()), std::move(options))} {}
    support::network_proxy proxy;
    az::engine engine;
};

}  // namespace

TEST_CASE("a silent network under a statement with a deadline: a timeout near the deadline, and the connection is replaced") {
    on_each([](const target& on) {
        interruptible way{on, {.connect_timeout = 2s, .control_timeout = 1s}};
        {
            auto c = way.engine.connect();
            CHECK(c.execute(az::text("SELECT 1")).scalar<int>() == 1);
            way.proxy.go_silent();
            const auto e =
                thrown_within<az::error>(6s, [&] { (void)c.execute(az::text("SELECT 1"), {}, {.until = az::deadline::after(500ms)}); });
            CHECK((e.code() == az::errc::timeout || e.is_disconnect()));
            // Nothing that follows may hang: neither the rollback nor giving it back.
            const auto start = clock_type::now();
            c.close();
            CHECK(clock_type::now() - start < 3s);
        }
        way.proxy.speak_again();
        CHECK(way.engine.connect().execute(az::text("SELECT 2")).scalar<int>() == 2);
        CHECK(way.engine.pool().metrics().checked_out == 0);
    });
}

TEST_CASE("a silent network while rows are read") {
    on_each([](const target& on) {
        interruptible way{on, {.connect_timeout = 2s, .control_timeout = 1s}};
        auto c = way.engine.connect();
        if (!c.server_profile().can.streaming) {
            WARN("skipped: not streamed by " << on.parsed().driver() << ": nothing to interrupt");
            return;
        }
        auto rows = c.execute(az::text("WITH RECURSIVE n AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM n WHERE i < 900) SELECT a.i AS i, "
                                       "'some text to fill the buffers of the network with, so that the server has to wait for us' AS x "
                                       "FROM n a, n b, n c")
                                  .columns<std::int64_t, std::string>(),
                              {}, {.until = az::deadline::after(1500ms)});
        const auto e = thrown_within<az::error>(10s, [&] {
            std::int64_t read = 0;
            for (const auto& row : std::move(rows).stream()) {
                (void)row;
                if (++read == 100) way.proxy.go_silent();
            }
        });
        CHECK((e.code() == az::errc::timeout || e.is_disconnect()));
    });
}

TEST_CASE("a silent network while connecting") {
    on_each([](const target& on) {
        interruptible way{on, {.connect_timeout = 700ms}};
        way.proxy.go_silent();
        const auto e = thrown_within<az::operational_error>(5s, [&] { (void)way.engine.connect(); });
        CHECK((e.code() == az::errc::connect_failed || e.code() == az::errc::timeout));
        CHECK(way.engine.pool().metrics().open == 0);
    });
}

TEST_CASE("a silent network under a commit: bounded by control_timeout") {
    on_each([](const target& on) {
        const numbers_table t{on};
        interruptible way{on, {.connect_timeout = 2s, .control_timeout = 700ms}};
        auto c = way.engine.connect();
        auto transaction = c.begin();
        c.execute(t.add(1, 0));
        way.proxy.go_silent();
        const auto e = thrown_within<az::operational_error>(6s, [&] { transaction.commit(); });
        CHECK((e.code() == az::errc::timeout || e.is_disconnect()));
        way.proxy.hang_up();
        c.close();
    });
}

TEST_CASE("the network hangs up") {
    on_each([](const target& on) {
        interruptible way{on};
        {
            auto c = way.engine.connect();
            CHECK(c.execute(az::text("SELECT 1")).scalar<int>() == 1);
            way.proxy.hang_up();
            std::this_thread::sleep_for(50ms);
            CHECK(thrown<az::disconnect_error>([&] { (void)c.execute(az::text("SELECT 1")); }).is_disconnect());
        }
        CHECK(way.engine.connect().execute(az::text("SELECT 2")).scalar<int>() == 2);
    });
}
