#include "sqlite_support.hpp"

#include <sys/wait.h>
#include <unistd.h>
#include <thread>

using namespace sqlite_tests;
using namespace std::chrono_literals;

TEST_CASE("sqlite pool: a private database in memory is one connection that all share in turn") {
    const auto engine = open("sqlite://", {.pool = {.timeout = 50ms}});
    {
        auto c = engine.connect();
        run(c, "CREATE TABLE t (n INTEGER)");
        c.commit();
        CHECK_THROWS_AS((void)engine.connect(), az::pool_exhausted);
    }
    std::thread{[&] {
        auto c = engine.connect();
        run(c, "INSERT INTO t VALUES (1)");
        c.commit();
    }}.join();
    auto c = engine.connect();
    CHECK(number_of(c, "SELECT count(*) FROM t") == 1);
    auto stranger = open("sqlite://").connect();
    CHECK_THROWS_AS(run(stranger, "SELECT * FROM t"), az::programming_error);
}

TEST_CASE("sqlite pool: a shared database in memory has many connections") {
    const auto engine = open("sqlite:///pool?mode=memory&cache=shared");
    auto one = engine.connect();
    run(one, "CREATE TABLE t (n INTEGER)");
    one.commit();
    auto two = engine.connect();
    run(two, "INSERT INTO t VALUES (1)");
    two.commit();
    CHECK(number_of(one, "SELECT count(*) FROM t") == 1);
}

TEST_CASE("sqlite pool: the next holder of a connection meets nothing of the one before, and no row is lost") {
    const scratch_folder folder;
    const std::string other = (folder.path() / "other.db").string();
    for (const std::string& url : {folder.url(), std::string{"sqlite://"}}) {
        INFO(url);
        const auto engine = open(url, {.pool = {.size = 1, .overflow = 0}});
        {
            auto c = engine.connect();
            run(c, "CREATE TABLE kept (n INTEGER)");
            run(c, "INSERT INTO kept VALUES (42)");
            c.commit();
            c.set_isolation(az::isolation_level::autocommit);
            run(c, "PRAGMA foreign_keys = off");
            run(c, "PRAGMA cache_size = 77");
            run(c, "PRAGMA recursive_triggers = on");
            run(c, "PRAGMA case_sensitive_like = on");
            run(c, "PRAGMA busy_timeout = 1");
            run(c, "PRAGMA ignore_check_constraints = on");
            run(c, "CREATE TEMP TABLE passing (n INTEGER PRIMARY KEY)");
            run(c, "CREATE TEMP VIEW \"a \"\" view\" AS SELECT n FROM passing");
            run(c, "CREATE TEMP TRIGGER watch AFTER INSERT ON main.kept BEGIN INSERT INTO passing VALUES (new.n); END");
            run(c, "ATTACH '" + other + "' AS \"the other\"");
            run(c, "PRAGMA query_only = on");
        }
        auto c = engine.connect();
        CHECK(number_of(c, "SELECT n FROM kept") == 42);
        CHECK(number_of(c, "PRAGMA foreign_keys") == 1);
        CHECK(number_of(c, "PRAGMA cache_size") != 77);
        CHECK(number_of(c, "PRAGMA recursive_triggers") == 0);
        CHECK(number_of(c, "PRAGMA ignore_check_constraints") == 0);
        CHECK(number_of(c, "PRAGMA query_only") == 0);
        CHECK(number_of(c, "SELECT 'A' LIKE 'a'") == 1);
        CHECK(number_of(c, "SELECT count(*) FROM temp.sqlite_schema") == 0);
        CHECK(number_of(c, "SELECT count(*) FROM pragma_database_list WHERE name NOT IN ('main', 'temp')") == 0);
        run(c, "INSERT INTO kept VALUES (43)");
        c.commit();
        CHECK(number_of(c, "SELECT count(*) FROM kept") == 2);
        CHECK(engine.pool().metrics().opened == 1);
    }
}

TEST_CASE("sqlite pool: what is left open is rolled back") {
    const auto engine = open("sqlite://");
    {
        auto c = engine.connect();
        run(c, "CREATE TABLE t (n INTEGER)");
        c.commit();
        run(c, "INSERT INTO t VALUES (1)");
    }
    {
        auto c = engine.connect();
        run(c, "SAVEPOINT mine");
        run(c, "INSERT INTO t VALUES (2)");
    }
    auto c = engine.connect();
    CHECK(number_of(c, "SELECT count(*) FROM t") == 0);
}

TEST_CASE("sqlite pool: a statement prepared before a reset is prepared anew") {
    const scratch_folder folder;
    const auto engine = open(folder.url(), {.pool = {.size = 1, .overflow = 0}});
    const auto statement = az::text("SELECT 5");
    for (int i = 0; i < 3; ++i) {
        auto c = engine.connect();
        CHECK(c.execute(statement).scalar<int>() == 5);
        CHECK(c.execute(statement).scalar<int>() == 5);
    }
}

TEST_CASE("sqlite pool: a forked child leaves the parent's connection alone and opens its own") {
    const scratch_folder folder;
    const auto engine = open(folder.url("test.db", "?journal_mode=wal"));
    auto c = engine.connect();
    run(c, "CREATE TABLE t (n INTEGER)");
    c.commit();
    run(c, "INSERT INTO t VALUES (1)");

    const pid_t child = ::fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        int verdict = 1;
        try {
            { auto inherited = std::move(c); }  // its end must not roll back what the parent does
            auto own = engine.connect();
            verdict = number_of(own, "SELECT count(*) FROM t") == 0 ? 0 : 2;  // not committed yet
        } catch (const std::exception&) {
            verdict = 3;
        }
        ::_exit(verdict);
    }
    int status = -1;
    REQUIRE(::waitpid(child, &status, 0) == child);
    CHECK(WIFEXITED(status));
    CHECK(WEXITSTATUS(status) == 0);
    c.commit();
    CHECK(number_of(c, "SELECT count(*) FROM t") == 1);
    CHECK(text_of(c, "PRAGMA integrity_check") == "ok");
}

TEST_CASE("sqlite pool: threads write to one file and nothing is lost") {
    const scratch_folder folder;
    const auto engine = open(folder.url("test.db", "?journal_mode=wal&transaction=immediate&synchronous=off"));
    {
        auto c = engine.connect();
        run(c, "CREATE TABLE t (n INTEGER)");
        c.commit();
    }
    std::vector<std::thread> threads;
    threads.reserve(4);
    for (int t = 0; t < 4; ++t)
        threads.emplace_back([&engine, t] {
            for (int i = 0; i < 25; ++i)
                engine.run_transaction(
                    [&](az::connection& c) { (void)c.execute(az::text("INSERT INTO t VALUES (:n)").bind("n", t * 100 + i)); });
        });
    for (auto& t : threads) t.join();
    auto c = engine.connect();
    CHECK(number_of(c, "SELECT count(DISTINCT n) FROM t") == 100);
}
