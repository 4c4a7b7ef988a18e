#include <catch2/catch.hpp>

#include "fake_connection.hpp"

#include <azoth/base/error.hpp>

#include <algorithm>

using namespace azoth;
using lines = std::vector<std::string>;

TEST_CASE("a batch runs its statements in order, hands each cursor over and closes it") {
    fake_server server;
    fake_connection connection{server};
    const cell one = cell::integer(1);
    const std::vector<batch_item> items{{"A", {}}, {"B", {&one, 1}}};
    lines seen;
    connection.execute_batch(
        items, [&](std::size_t i, cursor& c) { seen.push_back(std::to_string(i) + ":" + std::to_string(c.affected_rows())); }, {});
    CHECK(seen == lines{"0:1", "1:1"});
    CHECK(server.log == lines{"execute: A", "close", "execute: B", "close"});
}

TEST_CASE("a batch prepares once what comes several times in a row, if it has parameters") {
    fake_server server;
    server.server.can.cheap_prepare = true;
    fake_connection connection{server};
    const cell one = cell::integer(1);
    const cell two = cell::integer(2);
    const std::vector<batch_item> items{{"A", {&one, 1}}, {"A", {&two, 1}}, {"B", {&one, 1}}, {"A", {&one, 1}}, {"C", {}}, {"C", {}}};
    std::vector<std::size_t> seen;
    connection.execute_batch(items, [&](std::size_t i, cursor&) { seen.push_back(i); }, {});
    CHECK(seen == std::vector<std::size_t>{0, 1, 2, 3, 4, 5});
    CHECK(server.log == lines{"prepare: A", "run: A", "close", "run: A", "close", "execute: B", "close", "execute: A", "close",
                              "execute: C", "close", "execute: C", "close"});
    REQUIRE(server.sent.size() == 2);
    CHECK(server.sent[0].front().i64 == 1);
    CHECK(server.sent[1].front().i64 == 2);
}

TEST_CASE("a batch prepares what comes many times in a row where preparing is a round trip") {
    fake_server server;
    fake_connection connection{server};
    const cell one = cell::integer(1);
    connection.execute_batch(std::vector<batch_item>(9, {"A", {&one, 1}}), {}, {});
    CHECK(std::ranges::count(server.log, "execute: A") == 9);
    server.log.clear();
    connection.execute_batch(std::vector<batch_item>(10, {"A", {&one, 1}}), {}, {});
    CHECK(std::ranges::count(server.log, "prepare: A") == 1);
    CHECK(std::ranges::count(server.log, "run: A") == 10);
}

TEST_CASE("a batch that nobody looks at is read to its end") {
    fake_server server;
    server.answer = [](std::span<const cell>) { return fake_server::rows{{cell::integer(1)}, {cell::integer(2)}}; };
    fake_connection connection{server};
    const std::vector<batch_item> items{{"A", {}}};
    connection.execute_batch(items, {}, {});
    CHECK(server.log == lines{"execute: A", "read", "close"});
}

TEST_CASE("a batch that fails has handed over what went before") {
    fake_server server;
    server.failing_sql = "B";
    fake_connection connection{server};
    const std::vector<batch_item> items{{"A", {}}, {"B", {}}, {"C", {}}};
    std::size_t handed_over = 0;
    CHECK_THROWS_AS(connection.execute_batch(items, [&](std::size_t, cursor&) { ++handed_over; }, {}), native_error);
    CHECK(handed_over == 1);
    CHECK(server.log == lines{"execute: A", "close", "execute: B"});
}

TEST_CASE("savepoints are the standard's statements") {
    fake_server server;
    fake_connection connection{server};
    connection.savepoint("\"s1\"");
    connection.rollback_to_savepoint("\"s1\"");
    connection.release_savepoint("\"s1\"");
    CHECK(server.log == lines{"execute: SAVEPOINT \"s1\"", "close", "execute: ROLLBACK TO SAVEPOINT \"s1\"", "close",
                              "execute: RELEASE SAVEPOINT \"s1\"", "close"});
}

TEST_CASE("null in place of a cursor or a statement is refused by the defaults too") {
    fake_server server;
    server.makes_nothing = true;
    fake_connection connection{server};
    const std::vector<batch_item> items{{"A", {}}};
    CHECK_THROWS_WITH(connection.execute_batch(items, {}, {}), Catch::Contains("execute() returned null"));
    CHECK_THROWS_WITH(connection.savepoint("s"), Catch::Contains("execute() returned null"));
    const cell one = cell::integer(1);
    server.server.can.cheap_prepare = true;
    const std::vector<batch_item> repeated{{"A", {&one, 1}}, {"A", {&one, 1}}};
    CHECK_THROWS_WITH(connection.execute_batch(repeated, {}, {}), Catch::Contains("prepare() returned null"));
}

TEST_CASE("what a driver does not write is refused with its name") {
    fake_server server;
    server.server.dialect = "fake";
    server.server.driver = "memory";
    fake_connection connection{server};
    CHECK_THROWS_AS(connection.prepare_transaction("x"), not_supported_error);
    CHECK_THROWS_AS(connection.commit_prepared("x"), not_supported_error);
    CHECK_THROWS_AS(connection.rollback_prepared("x"), not_supported_error);
    CHECK_THROWS_AS(connection.set_isolation(isolation_level::serializable), not_supported_error);
    CHECK_THROWS_AS(connection.isolation(), not_supported_error);
    CHECK_THROWS_AS(connection.set_read_only(true), not_supported_error);
    CHECK_THROWS_WITH(connection.prepare_transaction("x"), Catch::Contains("fake+memory") && Catch::Contains("two-phase commit"));
    CHECK(server.log.empty());
}

TEST_CASE("a cursor tells nothing that its driver does not") {
    class bare_cursor final : public cursor {
        [[nodiscard]] std::span<const column_info> columns() const override { return {}; }
        std::size_t fetch(std::span<cell>, std::size_t) override { return 0; }
        void close() noexcept override {}
    } bare;
    cursor& seen = bare;
    CHECK_FALSE(seen.next_result());
    CHECK(seen.affected_rows() == -1);
    CHECK_FALSE(seen.last_insert_id().has_value());
}
