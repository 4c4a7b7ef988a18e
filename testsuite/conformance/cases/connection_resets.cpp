#include "bank.hpp"
#include "claims.hpp"
#include "claims_schema.hpp"
#include "expect.hpp"
#include "parts.hpp"

namespace azoth::conformance {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

void open_transaction(context& on) {
    const bank b{on};
    const engine db = engine_of_one(on);
    {
        connection c = db.connect();
        b.open(c, 3);
    }
    connection c = db.connect();
    CHECK_FALSE(c.in_transaction());
    CHECK_FALSE(c.driver().in_transaction());
    CHECK(b.content(c) == bank::untouched);
}

void failed_transaction(context& on) {
    const bank b{on};
    const engine db = engine_of_one(on);
    {
        connection c = db.connect();
        b.open(c, 3);
        (void)thrown<unique_violation>([&] { b.open(c, 1); });
    }
    connection c = db.connect();
    b.open(c, 4);
    c.commit();
    CHECK(b.content(c) == "1:100 2:100 4:0");
}

void raw_savepoint(context& on) {
    const bank b{on};
    const engine db = engine_of_one(on);
    {
        connection c = db.connect();
        b.open(c, 3);
        c.begin_nested().commit();  // what the claim is about, before raw SQL does the same
        run(c, "SAVEPOINT azc_left");
        b.open(c, 4);
    }
    connection c = db.connect();
    CHECK(b.content(c) == bank::untouched);
    (void)thrown<error>([&] { run(c, "ROLLBACK TO SAVEPOINT azc_left"); });
}

void temporary_table(context& on) {
    const std::string name = on.unique_name("passing");
    const engine db = engine_of_one(on);
    for (int i = 0; i < 2; ++i) {
        connection c = db.connect();
        CHECK(thrown<programming_error>([&] { run(c, "SELECT n FROM " + name); }).code() == errc::no_such_table);
        c.rollback();
        run(c, "CREATE TEMPORARY TABLE " + name + " (n INTEGER)");
        run(c, "INSERT INTO " + name + " VALUES (1)");
        CHECK(c.execute(text("SELECT n FROM " + name)).scalar<int>() == 1);
        c.commit();
    }
}

void temporary_table_is_private(context& on) {
    needs_more_connections(on);
    const std::string name = on.unique_name("private");
    connection c = on.connect();
    run(c, "CREATE TEMPORARY TABLE " + name + " (n INTEGER)");
    c.commit();
    connection other = on.connect();
    CHECK(thrown<programming_error>([&] { run(other, "SELECT n FROM " + name); }).code() == errc::no_such_table);
    CHECK(c.execute(text("SELECT count(*) FROM " + name)).scalar<int>() == 0);
}

/// More rows than any client library reads ahead.
table many_rows(context& on) {
    table t = on.make_table("many", {column("n", type_kind::integer, not_null), column("filler", string(200), not_null)});
    std::vector<std::vector<value>> rows;
    for (std::int32_t i = 0; i < 5000; ++i) rows.push_back({i, std::string(100, 'x')});
    on.engine().begin([&](connection& c) { (void)c.execute(insert(t).columns(t["n"], t["filler"]), rows); });
    return t;
}

template <bool Streams>
void half_read_result(context& on) {
    const table t = many_rows(on);
    const engine db = engine_of_one(on);
    const auto all = select(t.column<std::int32_t>("n"), t.column<std::string>("filler"));
    for (int i = 0; i < 3; ++i) {
        connection c = db.connect();
        auto rows = c.execute(all);
        if constexpr (Streams) rows = std::move(rows).stream();
        CHECK(rows.partition(3).size() == 3);
        c.close();
    }
    connection c = db.connect();
    CHECK(c.scalar(select(func::count()).select_from(t)) == 5000);
    CHECK(db.pool().metrics().opened == 1);
}

void locks(context& on) {
    const bank b{on};
    const engine db = engine_of_one(on);
    {
        connection c = db.connect();
        b.add(c, 1, 1);
    }
    const stopwatch time;
    connection other = on.connect();
    b.add(other, 1, 10);
    other.commit();
    CHECK(time.elapsed() < seconds{3});
    CHECK(b.content(other) == "1:110 2:100");
}

void session_read_only(context& on) {
    const bank b{on};
    const engine db = engine_of_one(on);
    {
        connection c = db.connect();
        c.driver().set_read_only(true);
        CHECK(thrown<operational_error>([&] { b.open(c, 3); }).code() == errc::read_only);
    }
    connection c = db.connect();
    b.open(c, 4);
    c.commit();
    CHECK(b.content(c) == "1:100 2:100 4:0");
}

/// A full reset forgets what was prepared on the server.
void prepared_statements(context& on) {
    const bank b{on};
    const engine db = engine_of_one(on);
    for (int loan = 0; loan < 3; ++loan) {
        connection c = db.connect();
        for (int i = 0; i < 3; ++i) {
            CHECK(b.content(c) == bank::untouched);
            CHECK(c.execute(b.ids()).scalars().size() == 2);
        }
        run(c, "SELECT 1");  // raw SQL: a full reset follows
    }
    connection c = db.connect();
    auto rows = c.execute(b.ids());
    CHECK(rows.partition(1).size() == 1);
    run(c, "SELECT 1");
    CHECK(rows.scalars() == std::vector<std::int64_t>{2});
}

/// Counts what arrives on a channel.
subscription hear(const engine& db, std::string channel, std::vector<std::string>& heard) {
    event_handlers handlers;
    handlers.message = [channel = std::move(channel), &heard](const server_message& m) {
        if (m.kind == server_message::kinds::notification && m.channel == channel) heard.emplace_back(m.payload);
    };
    return db.subscribe(std::move(handlers));
}

bool waits_in_vain(connection& c) { return !c.wait_for_notification(deadline::after(milliseconds{200})); }

void notify(context& on, const std::string& channel, const std::string& payload) {
    on.engine().begin([&](connection& c) { run(c, "NOTIFY " + channel + ", '" + payload + "'"); });
}

void notification_arrives(context& on) {
    const engine db = engine_like(on, {});
    connection c = db.connect();
    CHECK(waits_in_vain(c));
    const std::string channel = on.unique_name("channel");
    std::vector<std::string> heard;
    const subscription ear = hear(db, channel, heard);
    run(c, "LISTEN " + channel);
    c.commit();
    notify(on, channel, "good news");
    CHECK(c.wait_for_notification(deadline::after(seconds{10})));
    CHECK(heard == std::vector<std::string>{"good news"});
    CHECK(waits_in_vain(c));
}

void notification_needs_commit(context& on) {
    const engine db = engine_like(on, {});
    connection c = db.connect();
    CHECK(waits_in_vain(c));
    const std::string channel = on.unique_name("channel");
    std::vector<std::string> heard;
    const subscription ear = hear(db, channel, heard);
    run(c, "LISTEN " + channel);
    c.commit();
    connection other = on.connect();
    run(other, "NOTIFY " + channel + ", 'taken back'");
    other.rollback();
    CHECK(waits_in_vain(c));
    notify(on, channel, "meant");
    CHECK(c.wait_for_notification(deadline::after(seconds{10})));
    CHECK(heard == std::vector<std::string>{"meant"});
}

void notification_wait_stops(context& on) {
    connection c = engine_like(on, {}).connect();
    CHECK(waits_in_vain(c));
    stop_source source;
    source.request_stop();
    const auto e = thrown<operational_error>([&] { (void)c.wait_for_notification(deadline::after(seconds{10}), source.get_token()); });
    CHECK(e.code() == errc::cancelled);
    c.ping();
}

void notification_wait_in_transaction(context& on) {
    const bank b{on};
    connection c = engine_like(on, {}).connect();
    CHECK(waits_in_vain(c));
    b.open(c, 3);
    CHECK(thrown<interface_error>([&] { (void)waits_in_vain(c); }).code() == errc::misuse);
    CHECK(c.in_transaction());
    c.commit();
    CHECK(waits_in_vain(c));
    CHECK(b.content(c) == "1:100 2:100 3:0");
}

void listening_ends_with_loan(context& on) {
    const engine db = engine_of_one(on);
    connection c = db.connect();
    CHECK(waits_in_vain(c));
    const std::string channel = on.unique_name("channel");
    std::vector<std::string> heard;
    const subscription ear = hear(db, channel, heard);
    run(c, "LISTEN " + channel);
    c.commit();
    c.close();
    connection next = db.connect();
    notify(on, channel, "too late");
    CHECK(waits_in_vain(next));
    CHECK(heard.empty());
}

}  // namespace

std::vector<test_case> areas::parts::resets() {
    return {
        {"connection/reset-transaction", "the next holder meets no open transaction", {}, open_transaction},
        {"connection/reset-failed-transaction", "... nor one that an error has spoilt", {}, failed_transaction},
        {"connection/reset-savepoint", "... nor a savepoint that raw SQL has set", claims::savepoints, raw_savepoint},
        {"connection/reset-temporary-table", "... nor a temporary table", claims::own_temporary_tables, temporary_table},
        {"connection/reset-half-read", "... nor the rest of a result", {}, half_read_result<false>},
        {"connection/reset-half-streamed", "... nor that of a streamed one", {}, half_read_result<true>},
        {"connection/reset-locks", "a lock goes with the connection that held it", {}, locks},
        {"connection/reset-read-only", "a session that only reads is one until its connection goes back", claims::read_only_transactions,
         session_read_only},
        {"connection/reset-prepared", "statements work after a full reset has forgotten them", {}, prepared_statements},
        {"connection/reset-listening", "the next holder listens to nothing", claims::notifications, listening_ends_with_loan},
        {"connection/temporary-private", "others do not see a temporary table", claims::own_temporary_tables, temporary_table_is_private},
        {"connection/notification", "a notification arrives, once, with its payload", claims::notifications, notification_arrives},
        {"connection/notification-commit", "... when its sender commits", claims::notifications, notification_needs_commit},
        {"connection/notification-stop", "waiting for one can be stopped", claims::notifications, notification_wait_stops},
        {"connection/notification-in-transaction", "waiting for one inside a transaction, where none arrives, is misuse",
         claims::notifications, notification_wait_in_transaction},
    };
}

}  // namespace azoth::conformance
