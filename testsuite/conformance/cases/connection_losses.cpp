// Connections that break by themselves: what stands between engine and server hangs up.
#include "bank.hpp"
#include "claims.hpp"
#include "cuttable.hpp"
#include "parts.hpp"
#include "steps.hpp"

#include <future>
#include <thread>

namespace azoth::conformance {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

/// The next holder gets a connection that works, and no other than that is open.
void check_replaced(const cuttable& way, const bank& b, const std::string& content) {
    for (int i = 0; i < 2; ++i) {
        connection c = way.connect();
        CHECK(b.content(c) == content);
    }
    CHECK(way.db().pool().metrics().open == 1);
}

void between_statements(context& on) {
    cuttable way{on};
    const bank b{on};
    {
        connection c = way.connect();
        CHECK(b.content(c) == bank::untouched);
        c.commit();
        way.hang_up();
        check_lost([&] { (void)b.content(c); });
    }
    check_replaced(way, b, bank::untouched);
}

void while_idle(context& on) {
    cuttable way{on, true};
    const bank b{on};
    way.connect().close();
    way.hang_up();
    check_replaced(way, b, bank::untouched);
}

void in_transaction(context& on) {
    cuttable way{on};
    const bank b{on};
    {
        connection c = way.connect();
        transaction t = c.begin();
        b.open(c, 3);
        way.hang_up();
        check_lost([&] { b.open(c, 4); });
        (void)thrown<error>([&] { t.commit(); });
        CHECK_FALSE(t.is_active());
    }
    check_replaced(way, b, bank::untouched);
}

void at_commit(context& on) {
    cuttable way{on};
    const bank b{on};
    {
        connection c = way.connect();
        transaction t = c.begin();
        b.open(c, 3);
        way.hang_up();
        check_lost([&] { t.commit(); });
        CHECK_FALSE(t.is_active());
    }
    check_replaced(way, b, bank::untouched);
}

void at_rollback(context& on) {
    cuttable way{on};
    const bank b{on};
    {
        connection c = way.connect();
        transaction t = c.begin();
        b.open(c, 3);
        way.hang_up();
    }
    check_replaced(way, b, bank::untouched);
}

/// More than the buffers of the network hold.
auto a_million_items() {
    const auto a = alias<item>("a");
    const auto b = alias<item>("b");
    return select(a[&item::id], b[&item::name], literal(std::string(100, 'x')).label("padding")).select_from(a).cross_join(b);
}

void in_stream(context& on) {
    cuttable way{on};
    const bank b{on};
    (void)stocked(on, 1000);
    {
        connection c = way.connect();
        check_lost([&] {
            auto found = c.execute(a_million_items()).stream();
            CHECK(found.partition(1000).size() == 1000);
            way.hang_up();
            while (!found.partition(1000).empty()) {}
        });
    }
    check_replaced(way, b, bank::untouched);
}

void at_ping(context& on) {
    cuttable way{on};
    const bank b{on};
    {
        connection c = way.connect();
        c.ping();
        way.hang_up();
        check_lost([&] { c.ping(); });
    }
    check_replaced(way, b, bank::untouched);
}

void while_waiting(context& on) {
    cuttable way{on};
    const bank b{on};
    connection holder = on.connect();
    b.add(holder, 1, 1);
    {
        connection c = way.connect();
        c.ping();
        const auto beside = std::async(std::launch::async, [&] {
            std::this_thread::sleep_for(milliseconds{300});
            way.hang_up();
        });
        check_lost([&] { (void)c.execute(b.adding(1, 10), arguments{}, within(seconds{60})); });
    }
    holder.rollback();
    check_replaced(way, b, bank::untouched);
}

void in_bulk(context& on) {
    cuttable way{on};
    const bank b{on};
    std::vector<std::vector<value>> rows;
    for (std::int64_t id = 3; id < 2000; ++id) rows.push_back({value{id}, value{std::int64_t{0}}});
    {
        connection c = way.connect();
        b.open(c, 2000);
        way.hang_up();
        check_lost([&] { (void)c.execute(insert(b.accounts()).columns(b.accounts()["id"], b.accounts()["balance"]), rows); });
    }
    check_replaced(way, b, bank::untouched);
}

void in_batch(context& on) {
    cuttable way{on};
    const bank b{on};
    {
        connection c = way.connect();
        b.open(c, 3);
        way.hang_up();
        check_lost([&] { (void)c.execute_batch(b.opening(4, 0), b.ids()); });
    }
    check_replaced(way, b, bank::untouched);
}

}  // namespace

std::vector<test_case> areas::parts::hung_up() {
    return {
        {"connection/hung-up",
         "a connection that breaks between statements: disconnected, and the pool replaces it",
         {},
         between_statements},
        {"connection/hung-up-idle", "... while nobody holds it: who pings at checkout never knows", {}, while_idle},
        {"connection/hung-up-in-transaction", "... in a transaction: nothing of it stays", {}, in_transaction},
        {"connection/hung-up-at-commit", "... before a commit: disconnected, not committed", {}, at_commit},
        {"connection/hung-up-at-rollback", "... before a rollback, which throws nothing", {}, at_rollback},
        {"connection/hung-up-in-stream", "... while rows arrive: no shorter result, but disconnected", claims::streaming, in_stream},
        {"connection/hung-up-at-ping", "... before a ping", {}, at_ping},
        {"connection/hung-up-waiting", "... while a statement waits for a lock", {}, while_waiting},
        {"connection/hung-up-in-bulk", "... before many rows are inserted", {}, in_bulk},
        {"connection/hung-up-in-batch", "... before a batch", {}, in_batch},
    };
}

}  // namespace azoth::conformance
