#include "sqlite_support.hpp"

#include <atomic>
#include <thread>

using namespace sqlite_tests;
using namespace std::chrono_literals;

namespace {

constexpr std::string_view endless = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n";

std::string counting_to(int rows) {
    return "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < " + std::to_string(rows) +
           ") SELECT i, printf('%032d', i) AS padded FROM n";
}

}  // namespace

TEST_CASE("sqlite results: rows stream, and an early close frees the connection at once") {
    auto c = open("sqlite://").connect();
    auto rows = c.execute(az::text(counting_to(1'000'000'000))).stream();
    for (int i = 1; i <= 1000; ++i) {
        REQUIRE(rows.next());
        REQUIRE(rows.get<int>(std::size_t{0}) == i);
    }
    CHECK(thrown<az::interface_error>([&] { run(c, "SELECT 1"); }).code() == az::errc::misuse);
    rows.close();
    CHECK(number_of(c, "SELECT 7") == 7);
    CHECK(thrown<az::interface_error>([&] { (void)rows.next(); }).code() == az::errc::closed);
}

TEST_CASE("sqlite results: a second statement keeps an open result readable") {
    auto c = open("sqlite://").connect();
    auto rows = c.execute(az::text(counting_to(500)));
    REQUIRE(rows.next());
    run(c, "CREATE TABLE t (n INTEGER)");
    std::int64_t sum = rows.get<std::int64_t>(std::size_t{0});
    while (rows.next()) sum += rows.get<std::int64_t>(std::size_t{0});
    CHECK(sum == 500 * 501 / 2);
}

TEST_CASE("sqlite results: the same statement open twice gives each its own rows") {
    auto c = open("sqlite://").connect();
    const auto statement = az::text(counting_to(3)).columns<std::int64_t, std::string>();
    auto first = c.execute(statement);
    auto second = c.execute(statement);
    CHECK(second.scalars() == std::vector<std::int64_t>{1, 2, 3});
    CHECK(first.scalars() == std::vector<std::int64_t>{1, 2, 3});
}

TEST_CASE("sqlite results: rows of RETURNING are there when the statement is over, however few are read") {
    auto c = open("sqlite://").connect();
    run(c, "CREATE TABLE t (n INTEGER PRIMARY KEY, m TEXT)");
    {
        auto rows = c.execute(az::text("INSERT INTO t (m) VALUES ('a'), ('b'), ('c') RETURNING n, m").columns<std::int64_t, std::string>());
        CHECK(rows.first() == std::tuple{std::int64_t{1}, std::string{"a"}});
    }
    CHECK(number_of(c, "SELECT count(*) FROM t") == 3);
    auto inserted = c.execute(az::text("INSERT INTO t (m) VALUES ('d')"));
    CHECK(inserted.affected_rows() == 1);
    CHECK(inserted.last_insert_id() == 4);
    auto updated = c.execute(az::text("UPDATE t SET m = 'x' WHERE n > 1"));
    CHECK(updated.affected_rows() == 3);
    CHECK_FALSE(updated.last_insert_id().has_value());
    CHECK(c.execute(az::text("DELETE FROM t WHERE n = 99")).affected_rows() == 0);
}

TEST_CASE("sqlite results: a schema that changes under a prepared statement") {
    auto c = open("sqlite://").connect();
    run(c, "CREATE TABLE t (n INTEGER)");
    run(c, "INSERT INTO t VALUES (1)");
    const auto statement = az::text("SELECT * FROM t");
    CHECK(c.execute(statement).column_count() == 1);
    run(c, "ALTER TABLE t ADD COLUMN m INTEGER DEFAULT 5");
    auto rows = c.execute(statement);
    CHECK(rows.column_count() == 2);
    REQUIRE(rows.next());
    CHECK(rows.get<int>(std::size_t{1}) == 5);
}

TEST_CASE("sqlite results: another thread ends a statement, and the connection lives on") {
    auto c = open("sqlite://").connect();
    std::atomic<bool> over{false};
    std::thread other{[&] {
        // The statement may not have begun yet: a cancel that finds nothing to end does nothing.
        while (!over) {
            std::this_thread::sleep_for(20ms);
            c.cancel();
        }
    }};
    const auto e = thrown<az::operational_error>([&] { (void)number_of(c, endless); });
    over = true;
    other.join();
    CHECK(e.code() == az::errc::cancelled);
    CHECK(e.sqlstate() == "57014");
    c.rollback();
    CHECK(number_of(c, "SELECT 7") == 7);
}

TEST_CASE("sqlite results: a stop token and a deadline end a statement") {
    auto c = open("sqlite://").connect();
    az::stop_source source;
    std::thread other{[&] {
        std::this_thread::sleep_for(50ms);
        source.request_stop();
    }};
    const auto stopped = thrown<az::operational_error>([&] { (void)c.execute(az::text(endless), {}, {.stop = source.get_token()}); });
    other.join();
    CHECK(stopped.code() == az::errc::cancelled);

    const auto began = std::chrono::steady_clock::now();
    const auto late = thrown<az::timeout_error>([&] { (void)c.execute(az::text(endless), {}, {.until = az::deadline::after(50ms)}); });
    const auto took = std::chrono::steady_clock::now() - began;
    CHECK(late.code() == az::errc::timeout);
    CHECK(took >= 50ms);
    CHECK(took < 5s);
    const auto passed = thrown<az::timeout_error>([&] { (void)c.execute(az::text("SELECT 1"), {}, {.until = az::deadline::after(-1ms)}); });
    CHECK(passed.code() == az::errc::timeout);
    CHECK(number_of(c, "SELECT 7") == 7);
}

TEST_CASE("sqlite results: a deadline ends the wait for a lock, and a statement time-out of the engine too") {
    const scratch_folder folder;
    const auto engine = open(folder.url("test.db", "?busy_timeout=60000"));
    auto c = engine.connect();
    run(c, "CREATE TABLE t (n INTEGER)");
    c.commit();
    const auto held = c.begin({.mode = "EXCLUSIVE"});
    auto other = open(folder.url("test.db", "?busy_timeout=60000"), {.statement_timeout = 100ms}).connect();
    const auto began = std::chrono::steady_clock::now();
    CHECK(thrown<az::timeout_error>([&] { (void)number_of(other, "SELECT count(*) FROM t"); }).code() == az::errc::timeout);
    CHECK(std::chrono::steady_clock::now() - began < 10s);
}

TEST_CASE("sqlite results: a wait for a lock ends when the lock goes") {
    const scratch_folder folder;
    const auto engine = open(folder.url());
    auto c = engine.connect();
    run(c, "CREATE TABLE t (n INTEGER)");
    c.commit();
    auto held = c.begin({.mode = "EXCLUSIVE"});
    std::thread other{[&] {
        auto mine = engine.connect();
        run(mine, "INSERT INTO t VALUES (1)");
        mine.commit();
    }};
    std::this_thread::sleep_for(100ms);
    held.commit();
    other.join();
    CHECK(number_of(c, "SELECT count(*) FROM t") == 1);
}
