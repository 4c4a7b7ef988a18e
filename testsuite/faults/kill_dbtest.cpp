// The server ends a session: between statements, inside a transaction, while rows are read.
#include "fault_support.hpp"

namespace {

using namespace faults;

void expect_lost(const az::error& e) {
    CHECK(e.code() == az::errc::disconnected);
    CHECK(e.is_disconnect());
}

}  // namespace

TEST_CASE("killed between statements: a disconnect, and the next checkout works") {
    on_each([](const target& on) {
        const numbers_table t{on, 1};
        const auto engine = on.open();
        {
            auto c = engine.connect();
            const auto session = on.session_of(c);
            c.commit();
            on.kill(session);
            expect_lost(thrown<az::disconnect_error>([&] { (void)c.execute(t.value_of(1)); }));
            // What follows is refused at once, and says so.
            CHECK_THROWS_AS(c.execute(t.value_of(1)), az::error);
        }
        auto c = engine.connect();
        CHECK(c.scalar(t.value_of(1)) == 0);
        CHECK(engine.pool().metrics().checked_out == 1);
        CHECK(engine.pool().metrics().open == 1);
    });
}

TEST_CASE("killed while idle in the pool: pre_ping replaces the connection unseen") {
    on_each([](const target& on) {
        const numbers_table t{on, 1};
        const auto engine = on.open({.pool = {.pre_ping = true}, .pool_kind_said = true});
        std::int64_t session = 0;
        {
            auto c = engine.connect();
            session = on.session_of(c);
        }
        on.kill(session);
        CHECK(engine.connect().scalar(t.value_of(1)) == 0);
    });
}

TEST_CASE("killed inside a transaction: nothing of it stays, what was committed before does") {
    on_each([](const target& on) {
        const numbers_table t{on};
        const auto engine = on.open();
        engine.begin([&](az::connection& c) { c.execute(t.add(1, 0)); });
        {
            auto c = engine.connect();
            auto transaction = c.begin();
            c.execute(t.add(2, 0));
            on.kill(on.session_of(c));
            expect_lost(thrown<az::disconnect_error>([&] { c.execute(t.add(3, 0)); }));
            CHECK_THROWS_AS(transaction.commit(), az::error);
        }
        CHECK(t.ids() == std::vector<std::int64_t>{1});
        engine.begin([&](az::connection& c) { c.execute(t.add(4, 0)); });
        CHECK(t.ids() == std::vector<std::int64_t>{1, 4});
    });
}

TEST_CASE("killed before a commit: the commit fails, and nothing stays") {
    on_each([](const target& on) {
        const numbers_table t{on};
        const auto engine = on.open();
        auto c = engine.connect();
        auto transaction = c.begin();
        c.execute(t.add(1, 0));
        on.kill(on.session_of(c));
        expect_lost(thrown<az::disconnect_error>([&] { transaction.commit(); }));
        CHECK_FALSE(transaction.is_active());
        CHECK(t.ids().empty());
    });
}

TEST_CASE("killed during a streaming fetch: an error, never an early end") {
    on_each([](const target& on) {
        const auto engine = on.open();
        auto c = engine.connect();
        const auto session = on.session_of(c);
        if (!c.server_profile().can.streaming) {
            WARN("skipped: not streamed by " << on.parsed().driver() << ": nothing to interrupt");
            return;
        }
        auto rows = c.execute(az::text("WITH RECURSIVE n AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM n WHERE i < 900) SELECT a.i AS i, "
                                       "'some text to fill the buffers of the network with, so that the server has to wait for us' AS x "
                                       "FROM n a, n b, n c")
                                  .columns<std::int64_t, std::string>());
        std::int64_t read = 0;
        const auto e = thrown<az::disconnect_error>([&] {
            for (const auto& row : std::move(rows).stream()) {
                (void)row;
                if (++read == 10) on.kill(session);
            }
        });
        expect_lost(e);
        CHECK(read >= 10);
        c.close();
        CHECK(engine.connect().execute(az::text("SELECT 1")).scalar<int>() == 1);
    });
}

TEST_CASE("killed during a bulk insert: nothing of it stays") {
    on_each([](const target& on) {
        const numbers_table t{on};
        const auto engine = on.open();
        auto c = engine.connect();
        auto transaction = c.begin();
        const auto session = on.session_of(c);
        c.execute(t.add(1, 0));
        on.kill(session);
        std::vector<std::vector<az::value>> rows;
        for (std::int64_t i = 2; i < 2000; ++i) rows.push_back({i, i});
        expect_lost(thrown<az::disconnect_error>([&] { t.add_all(c, rows); }));
        c.close();
        CHECK(t.ids().empty());
    });
}

TEST_CASE("no connection is lost count of, whatever ends it") {
    on_each([](const target& on) {
        const auto before = on.sessions();
        {
            const auto engine = on.open({.pool = {.size = 3, .overflow = 0}, .pool_kind_said = true});
            for (int i = 0; i < 12; ++i) {
                auto c = engine.connect();
                const auto session = on.session_of(c);
                if (i % 2 == 0) on.kill(session);
                try {
                    (void)c.execute(az::text("SELECT 1"));
                } catch (const az::error&) {  // every other one is dead
                }
            }
            const auto metrics = engine.pool().metrics();
            CHECK(metrics.checked_out == 0);
            CHECK(metrics.open <= 3);
            CHECK(metrics.opened - metrics.closed == metrics.open);
        }
        for (int tries = 0; tries < 200 && on.sessions() > before; ++tries) std::this_thread::sleep_for(std::chrono::milliseconds{10});
        CHECK(on.sessions() <= before);
    });
}
