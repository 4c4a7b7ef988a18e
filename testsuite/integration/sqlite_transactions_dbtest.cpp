#include "sqlite_support.hpp"

using namespace sqlite_tests;

namespace {

/// A file with a table of numbers, and an engine that does not wait for locks.
class numbers {
public:
    numbers() {
        auto c = engine.connect();
        run(c, "CREATE TABLE t (n INTEGER)");
        c.commit();
    }
    static std::int64_t count(az::connection& c) { return number_of(c, "SELECT count(*) FROM t"); }
    [[nodiscard]] az::errc writing_elsewhere() const {
        auto other = engine.connect();
        try {
            run(other, "INSERT INTO t VALUES (0)");
            other.rollback();
            return az::errc{};
        } catch (const az::error& e) {
            return e.code();
        }
    }
    [[nodiscard]] az::errc reading_elsewhere() const {
        auto other = engine.connect();
        try {
            (void)count(other);
            return az::errc{};
        } catch (const az::error& e) {
            return e.code();
        }
    }
    scratch_folder folder{};
    az::engine engine{open(folder.url("test.db", "?busy_timeout=0"))};
};

bool has_table(az::connection& c, std::string_view name) {
    return c.execute(az::text("SELECT count(*) FROM sqlite_schema WHERE name = :n").bind("n", name)).scalar<std::int64_t>() == 1;
}

}  // namespace

TEST_CASE_METHOD(numbers, "sqlite transactions: DEFERRED, IMMEDIATE and EXCLUSIVE take the locks they are named for") {
    auto c = engine.connect();
    {
        const auto t = c.begin();
        CHECK(writing_elsewhere() == az::errc{});
    }
    {
        const auto t = c.begin({.mode = "immediate"});
        CHECK(writing_elsewhere() == az::errc::locked);
        CHECK(reading_elsewhere() == az::errc{});
    }
    {
        const auto t = c.begin({.mode = "EXCLUSIVE"});
        CHECK(reading_elsewhere() == az::errc::locked);
    }
    CHECK(writing_elsewhere() == az::errc{});
    const auto e = thrown<az::interface_error>([&] { (void)c.begin({.mode = "LAZY"}); });
    CHECK(e.code() == az::errc::invalid_argument);
    CHECK(contains(e.message(), "LAZY"));
    CHECK_FALSE(c.in_transaction());

    const auto eager = open(folder.url("test.db", "?busy_timeout=0&transaction=immediate"));
    auto d = eager.connect();
    const auto t = d.begin();
    CHECK(writing_elsewhere() == az::errc::locked);
}

TEST_CASE_METHOD(numbers, "sqlite transactions: commit keeps, rollback and a lost scope do not") {
    auto c = engine.connect();
    run(c, "INSERT INTO t VALUES (1)");
    CHECK(c.in_transaction());
    c.rollback();
    CHECK(count(c) == 0);
    c.rollback();
    {
        const auto t = c.begin();
        run(c, "INSERT INTO t VALUES (2)");
    }
    CHECK(count(c) == 0);
    c.rollback();
    CHECK_THROWS_AS(engine.begin([](az::connection& inside) {
        run(inside, "INSERT INTO t VALUES (3)");
        throw std::runtime_error{"on purpose"};
    }),
                    std::runtime_error);
    engine.begin([](az::connection& inside) { run(inside, "INSERT INTO t VALUES (4)"); });
    CHECK(number_of(c, "SELECT sum(n) FROM t") == 4);
}

TEST_CASE_METHOD(numbers, "sqlite transactions: DDL is part of them, in savepoints too") {
    auto c = engine.connect();
    auto outer = c.begin();
    run(c, "CREATE TABLE one (n INTEGER)");
    {
        auto inner = c.begin_nested();
        run(c, "CREATE TABLE two (n INTEGER)");
        run(c, "INSERT INTO t VALUES (1)");
        run(c, "ALTER TABLE one ADD COLUMN m INTEGER");
        inner.rollback();
    }
    CHECK(has_table(c, "one"));
    CHECK_FALSE(has_table(c, "two"));
    CHECK(thrown<az::programming_error>([&] { run(c, "SELECT m FROM one"); }).code() == az::errc::no_such_column);
    {
        auto inner = c.begin_nested();
        run(c, "DROP TABLE one");
        auto innermost = c.begin_nested();
        run(c, "INSERT INTO t VALUES (2)");
        innermost.rollback();
        run(c, "INSERT INTO t VALUES (3)");
        inner.commit();
    }
    CHECK_FALSE(has_table(c, "one"));
    CHECK(number_of(c, "SELECT sum(n) FROM t") == 3);
    outer.rollback();
    CHECK(count(c) == 0);
    CHECK_FALSE(has_table(c, "one"));
}

TEST_CASE_METHOD(numbers, "sqlite transactions: a failing statement leaves the transaction as it was") {
    auto c = engine.connect();
    run(c, "CREATE UNIQUE INDEX ux ON t (n)");
    run(c, "INSERT INTO t VALUES (1)");
    CHECK_THROWS_AS(run(c, "INSERT INTO t VALUES (2), (1)"), az::unique_violation);
    CHECK(c.in_transaction());
    c.commit();
    CHECK(count(c) == 1);
}

TEST_CASE_METHOD(numbers, "sqlite transactions: those that only read") {
    auto c = engine.connect();
    {
        const auto t = c.begin({.read_only = true, .mode = {}});
        CHECK(count(c) == 0);
        CHECK(thrown<az::operational_error>([&] { run(c, "INSERT INTO t VALUES (1)"); }).code() == az::errc::read_only);
    }
    run(c, "INSERT INTO t VALUES (1)");
    c.commit();
    CHECK(count(c) == 1);
    c.rollback();
    CHECK(thrown<az::interface_error>([&] { (void)c.begin({.read_only = true, .mode = "IMMEDIATE"}); }).code() ==
          az::errc::invalid_argument);
}

TEST_CASE_METHOD(numbers, "sqlite transactions: isolation is serializable, or a clear refusal") {
    auto c = engine.connect();
    {
        const auto t = c.begin({.isolation = az::isolation_level::serializable, .mode = {}});
        CHECK(count(c) == 0);
    }
    CHECK_THROWS_AS((void)c.begin({.isolation = az::isolation_level::read_committed, .mode = {}}), az::not_supported_error);
    CHECK_THROWS_AS((void)c.begin({.isolation = az::isolation_level::read_uncommitted, .mode = {}}), az::not_supported_error);
    c.set_isolation(az::isolation_level::autocommit);
    run(c, "INSERT INTO t VALUES (1)");
    CHECK_FALSE(c.in_transaction());
    auto other = engine.connect();
    CHECK(count(other) == 1);
}

TEST_CASE("sqlite transactions: a shared cache can show what is not committed") {
    const auto engine = open("sqlite:///dirty?mode=memory&cache=shared");
    auto writer = engine.connect();
    run(writer, "CREATE TABLE t (n INTEGER)");
    writer.commit();
    run(writer, "INSERT INTO t VALUES (1)");
    auto reader = engine.connect();
    CHECK(thrown<az::operational_error>([&] { (void)number_of(reader, "SELECT count(*) FROM t"); }).code() == az::errc::locked);
    reader.rollback();
    {
        const auto t = reader.begin({.isolation = az::isolation_level::read_uncommitted, .mode = {}});
        CHECK(number_of(reader, "SELECT count(*) FROM t") == 1);
    }
    CHECK(thrown<az::operational_error>([&] { (void)number_of(reader, "SELECT count(*) FROM t"); }).code() == az::errc::locked);
}
