#include "postgresql_support.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <future>
#include <thread>

using namespace postgresql_tests;
using namespace std::chrono_literals;

namespace {

/// What the server said to an engine.
class heard {
public:
    explicit heard(const az::engine& from) : subscription_{from.subscribe({.message = [this](const az::server_message& m) { note(m); }})} {}
    std::vector<std::string> notices{};
    std::vector<std::string> notifications{};

private:
    void note(const az::server_message& m) {
        if (m.kind == az::server_message::kinds::notice) notices.push_back(std::string{m.severity} + " " + std::string{m.text});
        else notifications.push_back(std::string{m.channel} + "=" + std::string{m.payload});
    }
    az::subscription subscription_;
};

const az::pool_options one_connection{.size = 1, .overflow = 0};

}  // namespace

TEST_CASE("postgresql session: settings that the driver relies on, and those of the URL") {
    const auto on = server();
    if (!on) return;
    auto c = open(on->with_option("application_name", "it's \\ me")
                      .with_option("options", "-c work_mem=1234kB -c datestyle=german")
                      .with_option("timezone", "Asia/Tokyo"))
                 .connect();
    CHECK(text_of(c, "SHOW application_name") == "it's \\ me");
    CHECK(text_of(c, "SHOW work_mem") == "1234kB");
    CHECK(text_of(c, "SHOW timezone") == "Asia/Tokyo");
    CHECK(contains(text_of(c, "SHOW datestyle"), "ISO"));
    CHECK(text_of(c, "SHOW client_encoding") == "UTF8");
    auto plain = open(*on).connect();
    CHECK(text_of(plain, "SHOW application_name") == "azoth");
    CHECK(text_of(plain, "SHOW timezone") == "UTC");
}

TEST_CASE("postgresql session: names of the dialect, and options that are not possible") {
    const auto on = server();
    if (!on) return;
    CHECK(number_of(*std::make_unique<az::connection>(
                        open(az::url::parse("postgres" + on->to_string(az::url::secrets::shown).substr(18))).connect()),
                    "SELECT 1") == 1);
    const auto refused = [&](std::string_view name, std::string_view value) {
        return thrown<az::url_error>([&] { (void)open(on->with_option(name, value)); }).message();
    };
    CHECK(contains(refused("sslmode", "verify_full"), "verify-full"));
    CHECK(contains(refused("sslmod", "require"), "sslmode"));
    CHECK(contains(refused("host", "elsewhere"), "host already"));
    CHECK(contains(refused("connect_timeout", "soon"), "whole number"));
    CHECK(contains(refused("target_session_attrs", "master"), "primary"));
    CHECK(contains(refused("hostaddr", "127.0.0.1,127.0.0.2"), "as many addresses"));
}

TEST_CASE("postgresql session: unix sockets, and several hosts") {
    const auto on = server();
    if (!on) return;
    // The servers of tools/servers keep their sockets beside their certificates.
    const auto certificates = std::filesystem::path{support::server_of(on->to_string(az::url::secrets::shown)).ca}.parent_path();
    const std::string folder = (certificates.parent_path() / "postgresql").string();
    const std::string port = std::to_string(on->hosts().front().port);
    auto local = open(on->with_hosts({}).with_option("host", folder).with_option("port", port)).connect();
    CHECK(text_of(local, "SELECT coalesce(host(inet_client_addr()), 'local')") == "local");
    const az::url in_host = on->with_hosts({{folder, on->hosts().front().port}});
    CHECK(open(in_host).connect().execute(az::text("SELECT 1")).scalar<int>() == 1);
    const auto good = on->hosts().front();
    // The first does not answer, the second does; of the wanted kind.
    const az::url several = on->with_hosts({{"127.0.0.1", 1}, good});
    CHECK(open(several).connect().execute(az::text("SELECT 1")).scalar<int>() == 1);
    for (const char* wanted : {"any", "read-write", "primary", "prefer-standby"})
        CHECK(open(several.with_option("target_session_attrs", wanted)).connect().execute(az::text("SELECT 1")).scalar<int>() == 1);
    for (const char* unwanted : {"standby", "read-only"}) {
        const auto e = thrown<az::operational_error>([&] { (void)open(several.with_option("target_session_attrs", unwanted)).connect(); });
        CHECK(e.code() == az::errc::connect_failed);
        CHECK(contains(e.message(), "127.0.0.1:1"));  // what each of them said
    }
    // A wrong password is not tried on every server.
    const auto e = thrown<az::operational_error>([&] {
        (void)open(on->with_hosts({good, {"127.0.0.1", 1}}).with_password("wrong")).connect();
    });
    CHECK(e.code() == az::errc::permission_denied);
    CHECK(e.sqlstate() == "28P01");
    CHECK_FALSE(contains(e.message(), "127.0.0.1:1:"));
}

TEST_CASE("postgresql session: notices and notifications") {
    const auto on = server();
    if (!on) return;
    const auto engine = open(*on);
    heard said{engine};
    auto listener = engine.connect();
    run(listener, "DO $$ BEGIN RAISE WARNING 'mind the gap'; END $$");
    REQUIRE(said.notices.size() == 1);
    CHECK(said.notices.front() == "WARNING mind the gap");
    listener.commit();

    run(listener, "LISTEN news");
    listener.commit();
    CHECK_FALSE(listener.wait_for_notification(az::deadline::after(50ms)));
    auto sender = open(*on).connect();
    auto waiting = std::async(std::launch::async, [&] { return listener.wait_for_notification(az::deadline::after(5s)); });
    std::this_thread::sleep_for(50ms);
    run(sender, "SELECT pg_notify('news', 'it''s here')");
    sender.commit();
    CHECK(waiting.get());
    CHECK(said.notifications == std::vector<std::string>{"news=it's here"});
    // One that came meanwhile is handed over with the next statement.
    run(sender, "NOTIFY news");
    sender.commit();
    std::this_thread::sleep_for(50ms);
    CHECK(number_of(listener, "SELECT 1") == 1);
    listener.commit();
    CHECK(number_of(listener, "SELECT 1") == 1);
    CHECK(said.notifications.back() == "news=");
    CHECK(thrown<az::error>([&] { listener.wait_for_notification(az::deadline::after(1ms)); }).code() == az::errc::misuse);
    listener.commit();
    az::stop_source stop;
    stop.request_stop();
    CHECK(thrown<az::operational_error>([&] { listener.wait_for_notification({}, stop.get_token()); }).code() == az::errc::cancelled);
}

TEST_CASE("postgresql session: a full reset leaves nothing behind") {
    const auto on = server();
    if (!on) return;
    const auto engine = open(*on, {.pool = one_connection, .pool_kind_said = true});
    heard said{engine};
    std::int64_t session = 0;
    {
        auto c = engine.connect();
        session = number_of(c, "SELECT pg_backend_pid()");
        run(c, "SET work_mem = '77kB'");
        run(c, "SELECT pg_advisory_lock(4711)");
        run(c, "CREATE TEMPORARY TABLE mine (n int)");
        run(c, "LISTEN gossip");
        run(c, "SET client_encoding = LATIN1");
        c.commit();
    }
    auto c = engine.connect();
    CHECK(number_of(c, "SELECT pg_backend_pid()") == session);
    CHECK(text_of(c, "SHOW work_mem") != "77kB");
    CHECK(number_of(c, "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()") == 0);
    CHECK(number_of(c, "SELECT count(*) FROM pg_listening_channels()") == 0);
    CHECK(text_of(c, "SELECT coalesce(to_regclass('pg_temp.mine')::text, 'gone')") == "gone");
    CHECK(text_of(c, "SHOW timezone") == "UTC");
}

TEST_CASE("postgresql session: settings without which text would mean something else are missed at once") {
    const auto on = server();
    if (!on) return;
    const auto engine = open(*on);
    for (const char* sql : {"SET client_encoding = LATIN1", "SET standard_conforming_strings = off"}) {
        auto c = engine.connect();
        run(c, sql);
        CHECK(thrown<az::interface_error>([&] { run(c, "SELECT 1"); }).code() == az::errc::misuse);
        c.rollback();
        CHECK(number_of(c, "SELECT 1") == 1);  // the rollback has undone it
    }
}

TEST_CASE("postgresql session: a connection is never replaced behind the program's back") {
    const auto on = server();
    if (!on) return;
    auto killer = open(*on).connect();
    const auto engine = open(*on);
    auto c = engine.connect();
    run(c, "SET work_mem = '77kB'");
    c.commit();
    run(killer, "SELECT pg_terminate_backend(" + std::to_string(number_of(c, "SELECT pg_backend_pid()")) + ", 5000)");
    CHECK(thrown<az::disconnect_error>([&] { run(c, "SELECT 1"); }).sqlstate() == "57P01");
    for (int i = 0; i < 3; ++i) CHECK_THROWS_AS(run(c, "SELECT 1"), az::error);
    CHECK_FALSE(c.server_profile().server.empty());
}

TEST_CASE("postgresql session: a forked child leaves the parent's session alone") {
    const auto on = server();
    if (!on) return;
    for (const char* tls : {"disable", "require"}) {
        auto engine = std::make_unique<az::engine>(open(on->with_option("sslmode", tls)));
        auto c = std::make_unique<az::connection>(engine->connect());
        run(*c, "CREATE TEMPORARY TABLE mine (n int)");
        const pid_t child = ::fork();
        if (child == 0) {
            c.reset();
            engine.reset();
            ::_exit(0);
        }
        int status = 0;
        REQUIRE(::waitpid(child, &status, 0) == child);
        CHECK(status == 0);
        CHECK(number_of(*c, "SELECT count(*) FROM mine") == 0);
        CHECK(number_of(*c, "SELECT 1") == 1);
    }
}

TEST_CASE("postgresql session: prepared statements outlive neither changes of their tables nor the session's forgetting them") {
    const auto on = server();
    if (!on) return;
    const scratch_schema scratch{*on};
    const auto engine = open(scratch.url());
    auto c = engine.connect();
    auto other = engine.connect();
    run(c, "CREATE TABLE t AS SELECT 1 AS a");
    c.commit();
    const auto all = az::text("SELECT * FROM t");
    for (int i = 0; i < 3; ++i) CHECK(c.execute(all).mappings().front().size() == 1);
    c.commit();
    run(other, "ALTER TABLE t ADD COLUMN b text DEFAULT 'x'");
    other.commit();
    // Nothing else has happened in this transaction: it is prepared anew, unseen.
    CHECK(c.execute(all).mappings().front().size() == 2);
    CHECK(c.in_transaction());
    c.commit();
    for (int i = 0; i < 3; ++i) CHECK(c.execute(all).mappings().front().get<std::string>("b") == "x");
    c.commit();
    // Inside a transaction the error has undone what went before: that can only be told.
    run(other, "ALTER TABLE t DROP COLUMN b");
    other.commit();
    CHECK(number_of(c, "SELECT 1") == 1);
    const auto e = thrown<az::operational_error>([&] { (void)c.execute(all); });
    CHECK(e.is_retryable());
    c.rollback();
    CHECK(c.execute(all).mappings().front().size() == 1);
    c.commit();
    run(c, "DEALLOCATE ALL");
    c.commit();
    CHECK(c.execute(all).mappings().front().size() == 1);
    // Without a transaction around too.
    c.commit();
    c.set_isolation(az::isolation_level::autocommit);
    run(other, "ALTER TABLE t ADD COLUMN b int");
    other.commit();
    CHECK(c.execute(all).mappings().front().size() == 2);
}

TEST_CASE("postgresql session: statements that nobody needs any more are forgotten on the server") {
    const auto on = server();
    if (!on) return;
    auto c = open(*on, {.prepared_cache = 4}).connect();
    for (int i = 0; i < 200; ++i) {
        const auto query = az::text("SELECT " + std::to_string(i));
        for (int use = 0; use < 2; ++use) CHECK(c.execute(query).scalar<int>() == i);
        c.commit();
    }
    CHECK(number_of(c, "SELECT count(*) FROM pg_prepared_statements") < 60);
    CHECK(c.prepared_statements().size <= 4);
}

TEST_CASE("postgresql session: what has run once is not prepared, and not counted so") {
    const auto on = server();
    if (!on) return;
    auto c = open(*on).connect();
    for (const std::size_t prepared : {0U, 1U, 1U}) {
        CHECK(c.execute(az::text("SELECT 12345")).scalar<int>() == 12345);
        CHECK(c.prepared_statements().size == prepared);
    }
}

TEST_CASE("postgresql session: results read in part") {
    const auto on = server();
    if (!on) return;
    const auto engine = open(*on);
    auto c = engine.connect();
    const auto many = az::text("SELECT generate_series(1, 3000000) AS n");
    for (int i = 0; i < 2; ++i) {
        auto rows = c.execute(many);
        REQUIRE(rows.next());
        rows.close();
        CHECK(c.in_transaction());
        CHECK(number_of(c, "SELECT 7") == 7);
    }
    // A rollback does not read the rest.
    auto rows = c.execute(az::text("SELECT generate_series(1, 2000000000) AS n"));
    REQUIRE(rows.next());
    const auto start = std::chrono::steady_clock::now();
    rows.close();
    c.rollback();
    CHECK(std::chrono::steady_clock::now() - start < 20s);  // all of it would take minutes
    CHECK(number_of(c, "SELECT 8") == 8);
    // An error in the middle is one, not an early end.
    auto broken = c.execute(az::text("SELECT 1 / (5000 - generate_series(1, 10000))"));
    std::int64_t read = 0;
    const auto e = thrown<az::data_error>([&] {
        while (broken.next()) ++read;
    });
    CHECK(e.code() == az::errc::division_by_zero);
    CHECK(read == 4999);
    c.rollback();
    CHECK(number_of(c, "SELECT 9") == 9);
}

TEST_CASE("postgresql session: COPY as a statement is refused, and harms nothing") {
    const auto on = server();
    if (!on) return;
    auto c = open(*on).connect();
    for (const char* sql : {"COPY (SELECT 1) TO STDOUT", "  copy(SELECT 1) TO STDOUT", "/* hidden /* twice */ */ COPY (SELECT 1) TO STDOUT",
                            "-- hidden\n COPY (SELECT generate_series(1, 3000000)) TO STDOUT"}) {
        CHECK(thrown<az::error>([&] { run(c, sql); }).code() == az::errc::not_supported);
        c.rollback();
        CHECK(number_of(c, "SELECT 1") == 1);
    }
    CHECK(number_of(c, "SELECT 1 AS copy") == 1);
    c.rollback();
    // What no look at the words finds. Behind a BEGIN libpq gives the connection up.
    for (const char* sql : {"; COPY (SELECT generate_series(1, 3000000)) TO STDOUT", "; COPY pg_am FROM STDIN"}) {
        for (const bool in_transaction : {false, true}) {
            INFO(sql << (in_transaction ? " behind a BEGIN" : ""));
            const auto engine = open(*on);
            auto d = engine.connect();
            if (!in_transaction) d.set_isolation(az::isolation_level::autocommit);
            const auto start = std::chrono::steady_clock::now();
            CHECK_THROWS_AS(d.execute(az::text(sql), {}, {.until = az::deadline::after(5s)}), az::error);
            CHECK(std::chrono::steady_clock::now() - start < 4s);
            if (!in_transaction) CHECK(number_of(d, "SELECT 1") == 1);
        }
    }
}

TEST_CASE("postgresql session: a deadline ends what streams without a pause") {
    const auto on = server();
    if (!on) return;
    const auto engine = open(*on);
    const auto many = az::text("SELECT generate_series(1, 2000000000) AS n");
    for (const bool in_transaction : {true, false}) {
        auto c = engine.connect();
        if (!in_transaction) c.set_isolation(az::isolation_level::autocommit);
        const auto start = std::chrono::steady_clock::now();
        auto rows = c.execute(many, {}, {.until = az::deadline::after(300ms)});
        CHECK(thrown<az::timeout_error>([&] {
                  while (rows.next()) {}
              }).code() == az::errc::timeout);
        CHECK(std::chrono::steady_clock::now() - start < 5s);
        if (in_transaction) c.rollback();
        CHECK(number_of(c, "SELECT 1") == 1);
        az::stop_source stop;
        auto others = c.execute(many, {}, {.stop = stop.get_token()});
        CHECK(others.next());
        stop.request_stop();
        CHECK(thrown<az::operational_error>([&] {
                  while (others.next()) {}
              }).code() == az::errc::cancelled);
        if (in_transaction) c.rollback();
        CHECK(number_of(c, "SELECT 1") == 1);
        // A result that is closed early is not read for minutes, whatever is done next.
        {
            auto closed = c.execute(many);
            CHECK(closed.next());
        }
        CHECK(std::chrono::steady_clock::now() - start < 15s);
        if (in_transaction) {
            const auto e =
                thrown<az::timeout_error>([&] { (void)c.execute(az::text("SELECT 1"), {}, {.until = az::deadline::after(200ms)}); });
            CHECK(contains(e.message(), "closed early"));
            c.rollback();
        }
        CHECK(number_of(c, "SELECT 1") == 1);
    }
}

TEST_CASE("postgresql session: what was done when its end was asked for is not told as ended") {
    const auto on = server();
    if (!on) return;
    const scratch_schema scratch{*on};
    const auto engine = open(scratch.url());
    auto c = engine.connect();
    c.set_isolation(az::isolation_level::autocommit);
    run(c, "CREATE TABLE t (n int)");
    // It takes the request for its end, and goes on.
    run(c,
        "CREATE FUNCTION stubborn() RETURNS void LANGUAGE plpgsql AS 'BEGIN FOR i IN 1..10 LOOP BEGIN PERFORM pg_sleep(0.1); "
        "EXCEPTION WHEN query_canceled THEN NULL; END; END LOOP; END'");
    const auto e = thrown<az::timeout_error>(
        [&] { (void)c.execute(az::text("INSERT INTO t SELECT 1 FROM stubborn()"), {}, {.until = az::deadline::after(250ms)}); });
    CHECK(contains(e.message(), "stands"));
    CHECK(number_of(c, "SELECT count(*) FROM t") == 1);
}

TEST_CASE("postgresql session: a deadline in a statement's preparation leaves nothing behind") {
    const auto on = server();
    if (!on) return;
    const scratch_schema scratch{*on};
    const auto engine = open(scratch.url());
    auto c = engine.connect();
    auto other = engine.connect();
    run(c, "CREATE TABLE t (n int)");
    c.commit();
    const auto query = az::text("SELECT count(*) FROM t");
    CHECK(c.execute(query).scalar<int>() == 0);
    c.commit();
    run(other, "LOCK TABLE t IN ACCESS EXCLUSIVE MODE");
    for (int i = 0; i < 3; ++i) {
        CHECK_THROWS_AS(c.execute(query, {}, {.until = az::deadline::after(200ms)}), az::timeout_error);
        c.rollback();
    }
    other.rollback();
    for (int i = 0; i < 3; ++i) CHECK(c.execute(query).scalar<int>() == 0);
    CHECK(number_of(c, "SELECT 1") == 1);  // something ahead, so that a stale statement could not be prepared anew unseen
    CHECK(c.execute(query).scalar<int>() == 0);
}

TEST_CASE("postgresql session: a COMMIT is not cancelled") {
    const auto on = server();
    if (!on) return;
    const scratch_schema scratch{*on};
    auto c = open(scratch.url()).connect();
    run(c, "CREATE TABLE t (n int)");
    run(c, "CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_sleep(0.7); RETURN NULL; END'");
    run(c, "CREATE CONSTRAINT TRIGGER late AFTER INSERT ON t DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION slow()");
    c.commit();
    run(c, "INSERT INTO t VALUES (1)");
    auto cancels = std::async(std::launch::async, [&] {
        std::this_thread::sleep_for(300ms);
        c.cancel();
    });
    CHECK_NOTHROW(c.commit());
    cancels.get();
    CHECK(number_of(c, "SELECT count(*) FROM t") == 1);
}

TEST_CASE("postgresql session: a handler of messages that throws harms no statement") {
    const auto on = server();
    if (!on) return;
    const auto engine = open(*on);
    const auto heard = engine.subscribe({.message = [](const az::server_message&) { throw std::runtime_error{"not my day"}; }});
    auto c = engine.connect();
    run(c, "LISTEN news");
    c.commit();
    run(c, "NOTIFY news");
    CHECK_NOTHROW(c.commit());
    CHECK(number_of(c, "SELECT 1") == 1);
}

TEST_CASE("postgresql session: the environment does not change what the driver and the URL ask for") {
    const auto on = server();
    if (!on) return;
    ::setenv("PGTZ", "Europe/Berlin", 1);
    ::setenv("PGDATESTYLE", "German", 1);
    ::setenv("PGOPTIONS", "-c work_mem=1235kB", 1);
    const auto engine = open(*on, {.pool = one_connection, .pool_kind_said = true});
    for (int use = 0; use < 2; ++use) {  // the second after a full reset
        auto c = engine.connect();
        CHECK(text_of(c, "SHOW timezone") == "UTC");
        CHECK(text_of(c, "SHOW datestyle") == "ISO, MDY");
        CHECK(text_of(c, "SHOW work_mem") == "1235kB");
    }
    CHECK(text_of(*std::make_unique<az::connection>(open(on->with_option("timezone", "asia/tokyo")).connect()), "SHOW timezone") ==
          "Asia/Tokyo");
    for (const char* name : {"PGTZ", "PGDATESTYLE", "PGOPTIONS"}) ::unsetenv(name);
}

TEST_CASE("postgresql session: stale statements, and those of batches that failed, are forgotten on the server") {
    const auto on = server();
    if (!on) return;
    const scratch_schema scratch{*on};
    auto c = open(scratch.url()).connect();
    run(c, "CREATE TABLE t (a int PRIMARY KEY)");
    c.commit();
    const auto all = az::text("SELECT * FROM t");
    for (int use = 0; use < 2; ++use) (void)c.execute(all).mappings();
    c.commit();
    for (int i = 0; i < 60; ++i) {
        run(c, "ALTER TABLE t ADD COLUMN c" + std::to_string(i) + " int");
        c.commit();
        (void)c.execute(all).mappings();
        c.commit();
    }
    for (int i = 0; i < 100; ++i) {
        const auto one = az::text("SELECT " + std::to_string(i));
        const auto insert = az::text("INSERT INTO t (a) VALUES (" + std::to_string(i) + ")");
        CHECK_THROWS_AS(c.execute_batch(one, one, insert, insert), az::unique_violation);
        c.rollback();
    }
    CHECK(number_of(c, "SELECT count(*) FROM pg_prepared_statements") < 60);
}

TEST_CASE("postgresql session: texts that are no single statement") {
    const auto on = server();
    if (!on) return;
    auto c = open(*on).connect();
    for (const char* sql : {"", "  -- nothing", "SELECT 1; SELECT 2"}) {
        CHECK(thrown<az::programming_error>([&] { run(c, sql); }).code() == az::errc::sql_syntax);
        c.rollback();
    }
    CHECK_THROWS_AS(run(c, std::string_view{"SELECT 1 \0", 10}), az::error);
}
