#include "postgresql_support.hpp"

#include <chrono>
#include <thread>

using namespace postgresql_tests;
using namespace std::chrono_literals;

TEST_CASE("postgresql transactions: isolation, read only, deferrable") {
    const auto on = server();
    if (!on) return;
    const auto engine = open(*on);
    auto c = engine.connect();
    const auto shown = [&](const az::transaction_options& options) {
        const auto t = c.begin(options);
        return text_of(c,
                       "SELECT current_setting('transaction_isolation') || ', ' || current_setting('transaction_read_only') || ', ' || "
                       "current_setting('transaction_deferrable')");
    };
    using level = az::isolation_level;
    CHECK(shown({}) == "read committed, off, off");
    CHECK(shown({.isolation = level::read_uncommitted}) == "read uncommitted, off, off");
    CHECK(shown({.isolation = level::repeatable_read, .read_only = true}) == "repeatable read, on, off");
    CHECK(shown({.isolation = level::serializable}) == "serializable, off, off");
    CHECK(shown({.isolation = level::serializable, .read_only = true, .deferrable = true}) == "serializable, on, on");
    CHECK_THROWS_AS(shown({.deferrable = true}), az::interface_error);
    CHECK_THROWS_AS(shown({.mode = "IMMEDIATE"}), az::interface_error);
    CHECK_THROWS_AS(shown({.isolation = level::snapshot}), az::not_supported_error);
    {
        const auto t = c.begin({.read_only = true});
        CHECK(thrown<az::operational_error>([&] { run(c, "CREATE TABLE never (n int)"); }).code() == az::errc::read_only);
    }
    CHECK(shown({}) == "read committed, off, off");
}

TEST_CASE("postgresql transactions: a transaction that failed is not committed silently") {
    const auto on = server();
    if (!on) return;
    const scratch_schema scratch{*on};
    auto c = open(scratch.url()).connect();
    run(c, "CREATE TABLE t (n int PRIMARY KEY)");
    c.commit();
    run(c, "INSERT INTO t VALUES (1)");
    CHECK_THROWS_AS(run(c, "INSERT INTO t VALUES (1)"), az::unique_violation);
    CHECK(thrown<az::operational_error>([&] { run(c, "SELECT 1"); }).sqlstate() == "25P02");
    CHECK(thrown<az::operational_error>([&] { c.commit(); }).sqlstate() == "25P02");
    CHECK_FALSE(c.in_transaction());
    CHECK(number_of(c, "SELECT count(*) FROM t") == 0);
    // Inside a savepoint the rest of it goes on.
    run(c, "INSERT INTO t VALUES (1)");
    {
        auto inner = c.begin_nested();
        CHECK_THROWS_AS(run(c, "INSERT INTO t VALUES (1)"), az::unique_violation);
    }
    run(c, "INSERT INTO t VALUES (2)");
    c.commit();
    CHECK(number_of(c, "SELECT count(*) FROM t") == 2);
}

TEST_CASE("postgresql transactions: BEGIN goes with the first statement, and an empty transaction costs nothing") {
    const auto on = server();
    if (!on) return;
    auto c = open(*on).connect();
    auto t = c.begin();
    CHECK(c.in_transaction());
    t.commit();
    auto u = c.begin();
    std::this_thread::sleep_for(300ms);
    CHECK(text_of(c, "SELECT CASE WHEN clock_timestamp() - now() < interval '200 ms' THEN 'late' ELSE 'early' END") == "late");
    CHECK(number_of(c, "SELECT 1") == 1);
    u.rollback();
    CHECK_FALSE(c.in_transaction());
    CHECK_THROWS_AS(run(c, "this is no SQL"), az::programming_error);  // as the first statement
    CHECK(c.in_transaction());
    c.rollback();
    CHECK(number_of(c, "SELECT 1") == 1);
}

TEST_CASE("postgresql transactions: two phases") {
    const auto on = server();
    if (!on) return;
    const scratch_schema scratch{*on};
    const auto engine = open(scratch.url());
    auto c = engine.connect();
    if (!c.server_profile().can.two_phase) {
        WARN("skipped: the server's max_prepared_transactions is 0");
        return;
    }
    run(c, "CREATE TABLE t (n int)");
    c.commit();
    const std::string id = "it's " + scratch.name();
    for (const bool commits : {true, false}) {
        auto transaction = c.begin({.two_phase_id = id});
        run(c, "INSERT INTO t VALUES (1)");
        transaction.prepare();
        CHECK_FALSE(c.in_transaction());
        auto other = engine.connect();
        CHECK(other.prepared_transactions() == std::vector<std::string>{id});
        if (commits) other.commit_prepared(id);
        else transaction.rollback();
        CHECK(other.prepared_transactions().empty());
        CHECK(number_of(other, "SELECT count(*) FROM t") == 1);
    }
    CHECK_THROWS_AS(c.commit_prepared("unknown"), az::error);
    CHECK(thrown<az::data_error>([&] { c.commit_prepared(std::string("un\0known", 8)); }).code() == az::errc::value_format);
    CHECK(thrown<az::data_error>([&] { c.commit_prepared("un\xE9known"); }).code() == az::errc::value_format);
    c.rollback();
    // One that has failed cannot be prepared.
    auto failed = c.begin({.two_phase_id = id});
    CHECK_THROWS_AS(run(c, "SELECT 1 / 0"), az::data_error);
    CHECK_THROWS_AS(failed.prepare(), az::error);
    CHECK(engine.connect().prepared_transactions().empty());
}

TEST_CASE("postgresql transactions: statements in one go") {
    const auto on = server();
    if (!on) return;
    const scratch_schema scratch{*on};
    auto c = open(scratch.url()).connect();
    run(c, "CREATE TABLE t (n bigint PRIMARY KEY)");
    std::vector<az::text_statement<>> inserts;
    for (std::int64_t i = 0; i < 3000; ++i) inserts.push_back(az::text("INSERT INTO t VALUES (:n)").bind("n", i));
    auto results = c.execute_batch(inserts);
    REQUIRE(results.size() == 3000);
    for (auto& r : results) CHECK(r.affected_rows() == 1);
    auto [rows, updated, none] = c.execute_batch(az::text("SELECT n FROM t WHERE n < :m ORDER BY n").bind("m", 3),
                                                 az::text("UPDATE t SET n = -n WHERE n > 0"), az::text("CREATE TABLE u (x int)"));
    CHECK(rows.mappings().size() == 3);
    CHECK(updated.affected_rows() == 2999);
    CHECK(none.affected_rows() == -1);
    c.commit();
    // An error is that of the statement that failed; those behind it have not run.
    const auto e = thrown<az::unique_violation>([&] {
        c.execute_batch(az::text("INSERT INTO t VALUES (10000)"), az::text("INSERT INTO t VALUES (0)"),
                        az::text("INSERT INTO t VALUES (10001)"));
    });
    CHECK(contains(e.statement(), "VALUES (0)"));
    CHECK(contains(e.constraint(), "t_pkey"));
    c.rollback();
    CHECK(number_of(c, "SELECT count(*) FROM t WHERE n >= 10000") == 0);
    c.commit();
    c.set_isolation(az::isolation_level::autocommit);
    CHECK_THROWS_AS(c.execute_batch(az::text("INSERT INTO t VALUES (10000)"), az::text("INSERT INTO t VALUES (0)"),
                                    az::text("INSERT INTO t VALUES (10001)")),
                    az::unique_violation);
    CHECK(number_of(c, "SELECT count(*) FROM t WHERE n >= 10000") == 1);  // each was one by itself
    // More than the sockets hold, both ways.
    std::vector<az::text_statement<>> large;
    for (int i = 0; i < 60; ++i) large.push_back(az::text("SELECT repeat(:x, 10)").bind("x", std::string(100'000, 'x')));
    c.set_isolation(az::isolation_level::read_committed);
    std::size_t size = 0;
    for (auto& r : c.execute_batch(large)) size += r.scalar<std::string>().size();
    CHECK(size == 60'000'000);
}

TEST_CASE("postgresql transactions: of statements in one go none is sent where one has what cannot be") {
    const auto on = server();
    if (!on) return;
    const scratch_schema scratch{*on};
    auto c = open(scratch.url()).connect();
    run(c, "CREATE TABLE t (x text)");
    const auto e = thrown<az::data_error>([&] {
        c.execute_batch(az::text("INSERT INTO t VALUES ('first')"), az::text("INSERT INTO t VALUES (:t)").bind("t", std::string("a\0b", 3)),
                        az::text("INSERT INTO t VALUES ('third')"));
    });
    CHECK(contains(e.statement(), "$1"));
    CHECK(contains(e.message(), "statement 2 of 3"));
    CHECK(number_of(c, "SELECT count(*) FROM t") == 0);
    CHECK(c.in_transaction());
}

TEST_CASE("postgresql transactions: outside one, a constraint that is checked last is told of") {
    const auto on = server();
    if (!on) return;
    const scratch_schema scratch{*on};
    auto c = open(scratch.url()).connect();
    c.set_isolation(az::isolation_level::autocommit);
    run(c, "CREATE TABLE parent (id int PRIMARY KEY)");
    run(c, "CREATE TABLE child (id int GENERATED ALWAYS AS IDENTITY, parent_id int REFERENCES parent DEFERRABLE INITIALLY DEFERRED)");
    for (const char* sql :
         {"INSERT INTO child (parent_id) VALUES (9) RETURNING id", "/* x */ insert INTO child (parent_id) VALUES (9) RETURNING id",
          "WITH n AS (INSERT INTO child (parent_id) VALUES (9) RETURNING id) SELECT id FROM n"}) {
        CHECK_THROWS_AS(c.execute(az::text(sql)).next(), az::foreign_key_violation);
        CHECK_THROWS_AS(c.execute(az::text(sql)), az::foreign_key_violation);
    }
    CHECK(number_of(c, "SELECT count(*) FROM child") == 0);
}

TEST_CASE("postgresql errors: class, SQLSTATE, constraint") {
    const auto on = server();
    if (!on) return;
    const scratch_schema scratch{*on};
    const auto engine = open(scratch.url());
    auto c = engine.connect();
    run(c,
        "CREATE TABLE parent (id int PRIMARY KEY, name text NOT NULL, size int CONSTRAINT size_is_positive CHECK (size > 0), "
        "EXCLUDE USING gist (int4range(size, size + 1) WITH &&))");
    run(c, "CREATE TABLE child (id int, parent_id int CONSTRAINT child_of REFERENCES parent)");
    run(c, "INSERT INTO parent VALUES (1, 'x', 1)");
    c.commit();
    const auto failure = [&](std::string_view sql) {
        const auto e = thrown<az::error>([&] { run(c, sql); });
        c.rollback();
        return e;
    };
    const auto check = [&](std::string_view sql, az::errc code, std::string_view state, std::string_view constraint = {}) {
        INFO(sql);
        const auto e = failure(sql);
        CHECK(az::code_name(e.code()) == az::code_name(code));
        CHECK(e.sqlstate() == state);
        CHECK(e.constraint() == constraint);
        CHECK_FALSE(e.is_disconnect());
    };
    using az::errc;
    check("INSERT INTO parent VALUES (1, 'y', 2)", errc::unique_violation, "23505", "parent_pkey");
    check("INSERT INTO parent VALUES (2, NULL, 2)", errc::not_null_violation, "23502", "parent.name");
    check("INSERT INTO parent VALUES (2, 'y', -1)", errc::check_violation, "23514", "size_is_positive");
    check("INSERT INTO parent VALUES (2, 'y', 1)", errc::integrity, "23P01", "parent_int4range_excl");
    check("INSERT INTO child VALUES (1, 9)", errc::foreign_key_violation, "23503", "child_of");
    check("SELECT * FROM nowhere", errc::no_such_table, "42P01");
    check("SELECT nothing FROM parent", errc::no_such_column, "42703");
    check("SELEC 1", errc::sql_syntax, "42601");
    check("SELECT nofunction(1)", errc::programming, "42883");
    check("SELECT 1 / 0", errc::division_by_zero, "22012");
    check("SELECT 'x'::int", errc::value_format, "22P02");
    check("SELECT 300000::int2", errc::value_range, "22003");
    check("SELECT '2026-02-30'::date", errc::value_range, "22008");
    check("SELECT * FROM pg_authid", errc::permission_denied, "42501");
    check("DO $$ BEGIN RAISE EXCEPTION 'not today'; END $$", errc::integrity, "P0001");
    CHECK(contains(failure("INSERT INTO parent VALUES (1, 'y', 2)").message(), "(id)=(1)"));  // the detail
    auto other = engine.connect();
    run(other, "SELECT * FROM parent FOR UPDATE");
    check("SELECT * FROM parent FOR UPDATE NOWAIT", errc::locked, "55P03");
    // Mistakes, and what functions raise, are no broken connections.
    check("SELECT $1::int", errc::parameter, "08P01");
    check("DO $$ BEGIN RAISE EXCEPTION 'far away' USING ERRCODE = '08001'; END $$", errc::operational, "08001");
    check("DO $$ BEGIN RAISE EXCEPTION 'who knows' USING ERRCODE = '40003'; END $$", errc::operational, "40003");
    CHECK_FALSE(failure("DO $$ BEGIN RAISE EXCEPTION 'who knows' USING ERRCODE = '40003'; END $$").is_retryable());
    c.set_isolation(az::isolation_level::autocommit);
    check("DROP DATABASE azoth_has_none_of_this_name", errc::programming, "3D000");
    c.set_isolation(az::isolation_level::read_committed);
    const auto nowhere = thrown<az::operational_error>([&] { (void)open(on->with_database("azoth_has_none_of_this_name")).connect(); });
    CHECK(nowhere.code() == errc::connect_failed);
    CHECK(contains(nowhere.message(), "in the URL"));
    run(c, "SET statement_timeout = '100ms'");
    CHECK(thrown<az::timeout_error>([&] { run(c, "SELECT pg_sleep(10)"); }).code() == errc::timeout);
}

TEST_CASE("postgresql schema: tables are found by name and schema, and made with identities") {
    const auto on = server();
    if (!on) return;
    const scratch_schema scratch{*on};
    const auto engine = open(scratch.url());
    const az::table t{"Mixed \"Case\"",
                      {az::column("id", az::type_kind::integer, az::primary_key), az::column("words", az::string(10), az::not_null)}};
    az::metadata{{t}}.create_all(engine);
    az::metadata{{t}}.create_all(engine);  // it is there already
    engine.with_executor([&](az::executor& e) {
        CHECK(e.reflect().has_table("Mixed \"Case\""));
        CHECK(e.reflect().has_table("Mixed \"Case\"", scratch.name()));
        CHECK_FALSE(e.reflect().has_table("mixed \"case\""));
        CHECK_FALSE(e.reflect().has_table("pg_class"));
        CHECK(e.reflect().has_table("pg_class", "pg_catalog"));
        CHECK(e.reflect().table_names() == std::vector<std::string>{"Mixed \"Case\""});
    });
    auto c = engine.connect();
    CHECK(c.scalar(az::insert(t).set(t["words"], "x").returning(t.column<std::int32_t>("id"))) == 1);
    CHECK(text_of(c, "SELECT attidentity::text FROM pg_attribute WHERE attname = 'id' AND attrelid = '\"Mixed \"\"Case\"\"\"'::regclass") ==
          "d");
    CHECK(thrown<az::data_error>([&] { c.execute(az::insert(t).set(t["words"], "12345678901")); }).code() == az::errc::truncation);
    c.rollback();
    c.close();
    az::metadata{{t}}.drop_all(engine);
    engine.with_executor([&](az::executor& e) { CHECK(e.reflect().table_names().empty()); });
}
