#include "mysql_support.hpp"

#include <sys/wait.h>
#include <unistd.h>
#include <algorithm>
#include <chrono>
#include <thread>

using namespace mysql_tests;
using namespace std::chrono_literals;

namespace {

using level = az::isolation_level;

std::string isolation_of(az::connection& c) { return text_of(c, "SELECT @@tx_isolation"); }

}  // namespace

TEST_CASE("mysql sessions: mode, character set, collation and zone are set, whatever the server's own are") {
    with_each_driver([](const scratch_database& db) {
        auto c = db.open().connect();
        const std::string mode = text_of(c, "SELECT @@sql_mode");
        for (const char* word : {"STRICT_TRANS_TABLES", "STRICT_ALL_TABLES", "NO_ZERO_DATE", "NO_ZERO_IN_DATE", "ONLY_FULL_GROUP_BY",
                                 "ERROR_FOR_DIVISION_BY_ZERO", "NO_ENGINE_SUBSTITUTION", "NO_BACKSLASH_ESCAPES", "ANSI_QUOTES",
                                 "PIPES_AS_CONCAT", "NO_AUTO_VALUE_ON_ZERO"})
            CHECK(contains(mode, word));
        CHECK(text_of(c, "SELECT @@time_zone") == "+00:00");
        CHECK(text_of(c, "SELECT @@character_set_client") == "utf8mb4");
        CHECK(number_of(c, "SELECT @@autocommit") == 1);
        // Standard SQL in text() means here what it means elsewhere.
        CHECK(text_of(c, "SELECT 'a' || '\\' || 'b'") == "a\\b");
        CHECK(number_of(c, "SELECT 'a' = 'A'") == 0);
        CHECK(number_of(c, "SELECT 'a' = 'a '") == 0);
        const auto like = [&](const std::string& text, const std::string& pattern) {
            const az::expr<std::string> t = az::bound(text);
            return c.execute(az::select(t.like(az::literal(pattern)), t.like(az::bound(pattern)), !t.not_like(az::bound(pattern)))).one();
        };
        CHECK(like("x_y", "x\\_y") == std::tuple{false, false, false});  // a backslash is no escape, as elsewhere
        CHECK(like("x\\zy", "x\\_y") == std::tuple{true, true, true});
        CHECK(like("a%b", "a_%") == std::tuple{true, true, true});
    });
}

TEST_CASE("mysql sessions: a mode of the program's own, which keeps backslashes what they are") {
    with_each_driver([](const scratch_database& db) {
        auto c = mysql_tests::open(db.url().with_option("sql-mode", "STRICT_ALL_TABLES")).connect();
        CHECK_FALSE(contains(text_of(c, "SELECT @@sql_mode"), "ANSI_QUOTES"));
        CHECK(contains(text_of(c, "SELECT @@sql_mode"), "NO_BACKSLASH_ESCAPES"));
        CHECK(c.execute(az::select(az::literal(std::string{"it's \\' here"}))).scalar() == "it's \\' here");
        thrown<az::url_error>([&] { (void)mysql_tests::open(db.url().with_option("sql-mode", "x'; DROP TABLE y")).connect(); });
        const auto unknown = [&] { (void)mysql_tests::open(db.url().with_option("sql-mode", "NO_SUCH_MODE")).connect(); };
        CHECK(contains(thrown<az::error>(unknown).what(), "NO_SUCH_MODE"));
    });
}

TEST_CASE("mysql sessions: tables of ours compare text by its characters") {
    with_each_driver([](const scratch_database& db) {
        const auto engine = db.open();
        const az::table words{"words",
                              {az::column("w", az::string(20), az::primary_key), az::column("long", az::type_kind::text, az::not_null)}};
        az::metadata{{words}}.create_all(engine);
        auto c = engine.connect();
        for (const char* w : {"a", "A", "a ", "ä"})
            c.execute(az::insert(words).set(words["w"], std::string{w}).set(words["long"], std::string{w}));
        const auto w = words.column<std::string>("w");
        CHECK(c.execute(az::select(w).order_by(w)).scalars() == std::vector<std::string>{"A", "a", "a ", "ä"});
        CHECK(c.execute(az::select(w).where(words.column<std::string>("long") == "a")).scalars() == std::vector<std::string>{"a"});
        CHECK(c.execute(az::select(w).where(w.like("A%"))).scalars() == std::vector<std::string>{"A"});
    });
}

TEST_CASE("mysql sessions: a dirty connection is reset before somebody else gets it") {
    with_each_driver([](const scratch_database& db) {
        az::engine_options one;
        one.pool.size = 1;
        one.pool.overflow = 0;
        const auto engine = db.open(one);
        std::int64_t session = 0;
        {
            auto c = engine.connect();
            session = number_of(c, "SELECT connection_id()");
            run(c, "SET @mine = 5, sql_mode = '', time_zone = '+05:00', max_statement_time = 7");
            run(c, "CREATE TEMPORARY TABLE mine (id INT)");
            run(c, "SET SESSION TRANSACTION ISOLATION LEVEL READ UNCOMMITTED");
            run(c, "SELECT GET_LOCK('" + db.name() + "', 0)");
            run(c, "USE information_schema");
        }
        auto c = engine.connect();
        if (is_libmariadb(db)) CHECK(number_of(c, "SELECT connection_id()") == session);
        CHECK(text_of(c, "SELECT DATABASE()") == db.name());
        CHECK(c.execute(az::text("SELECT @mine")).scalar<std::optional<std::int64_t>>() == std::nullopt);
        CHECK(contains(text_of(c, "SELECT @@sql_mode"), "STRICT_ALL_TABLES"));
        CHECK(text_of(c, "SELECT @@time_zone") == "+00:00");
        CHECK(number_of(c, "SELECT @@max_statement_time = 0") == 1);
        CHECK(isolation_of(c) == "REPEATABLE-READ");
        CHECK(thrown<az::programming_error>([&] { run(c, "SELECT * FROM mine"); }).code() == az::errc::no_such_table);
        CHECK(number_of(c, "SELECT IS_FREE_LOCK('" + db.name() + "')") == 1);
    });
}

TEST_CASE("mysql sessions: isolation levels hold for their transaction, and are taken back") {
    with_each_driver([](const scratch_database& db) {
        auto c = db.open().connect();
        run(c, "CREATE TABLE t (id INT)");
        c.commit();
        for (const auto& [wanted, name] : {std::pair{level::read_uncommitted, "READ-UNCOMMITTED"},
                                           {level::serializable, "SERIALIZABLE"},
                                           {level::read_committed, "READ-COMMITTED"},
                                           {level::database_default, "REPEATABLE-READ"}}) {
            auto t = c.begin({.isolation = wanted});
            CHECK(isolation_of(c) == name);
            t.commit();
        }
        CHECK(isolation_of(c) == "REPEATABLE-READ");
        c.rollback();
        c.begin({.isolation = level::read_uncommitted}).commit();
        c.set_isolation(level::autocommit);
        CHECK(isolation_of(c) == "REPEATABLE-READ");  // statements by themselves do not keep the last transaction's
        c.set_isolation(level::database_default);
        CHECK_THROWS_AS(c.begin({.isolation = level::snapshot}), az::not_supported_error);
        auto reader = c.begin({.read_only = true});
        CHECK(thrown<az::operational_error>([&] { run(c, "INSERT INTO t VALUES (1)"); }).code() == az::errc::read_only);
        reader.rollback();
        run(c, "INSERT INTO t VALUES (1)");
        c.commit();
        CHECK_THROWS_AS(c.begin({.mode = "IMMEDIATE"}), az::interface_error);
    });
}

TEST_CASE("mysql sessions: the server's own isolation level is kept") {
    for (const az::url& server : servers()) {
        INFO(server.scheme());
        auto admin = mysql_tests::open(server.with_user("admin")).connect();
        const auto set = [&](std::string_view name) { run(admin, "SET GLOBAL TRANSACTION ISOLATION LEVEL " + std::string{name}); };
        set("READ COMMITTED");
        {
            auto c = mysql_tests::open(server).connect();
            CHECK(isolation_of(c) == "READ-COMMITTED");
        }
        set("REPEATABLE READ");
    }
}

TEST_CASE("mysql sessions: once a transaction is prepared, prepare() succeeds, whatever becomes of the connection") {
    with_each_driver([](const scratch_database& db) {
        auto admin = mysql_tests::open(db.url().with_user("admin")).connect();
        run(admin, "CREATE TABLE t (id INT)");
        std::string name = db.name();
        std::ranges::replace(name, '-', '_');
        run(admin, "CREATE USER " + name + " IDENTIFIED BY 'secret'");
        run(admin, "GRANT ALL ON *.* TO " + name);
        {
            auto c = mysql_tests::open(db.url().with_user(name).with_password("secret")).connect();
            auto t = c.begin({.two_phase_id = "safe"});
            run(c, "INSERT INTO t VALUES (1)");
            run(admin, "ALTER USER " + name + " ACCOUNT LOCK");  // the new session that the driver needs is refused
            CHECK_NOTHROW(t.prepare());
            CHECK(thrown<az::error>([&] { run(c, "SELECT 1"); }).is_disconnect());
        }
        admin.rollback();
        admin.commit_prepared("safe");
        CHECK(number_of(admin, "SELECT COUNT(*) FROM t") == 1);
        run(admin, "DROP USER " + name);
    });
}

TEST_CASE("mysql sessions: two-phase commit, decided by any connection") {
    with_each_driver([](const scratch_database& db) {
        const auto engine = db.open();
        auto c = engine.connect();
        run(c, "CREATE TABLE t (id INT)");
        c.commit();
        const auto insert = [&](az::connection& on, int id) { run(on, "INSERT INTO t VALUES (" + std::to_string(id) + ")"); };
        {
            auto t = c.begin({.two_phase_id = "it's one"});
            insert(c, 1);
            t.prepare();
            t.commit();
        }
        {
            auto t = c.begin({.two_phase_id = "two"});
            insert(c, 2);
            t.prepare();
            CHECK(number_of(c, "SELECT count(*) FROM t") == 1);  // the connection is free
            c.rollback();
            auto other = engine.connect();
            CHECK(other.prepared_transactions() == std::vector<std::string>{"two"});
            other.commit_prepared("two");
            CHECK(other.prepared_transactions().empty());
            CHECK_THROWS_AS(t.commit(), az::error);
        }
        {
            auto t = c.begin({.two_phase_id = "three"});
            insert(c, 3);
            t.prepare();
            t.rollback();
        }
        {
            auto t = c.begin({.two_phase_id = "four"});
            insert(c, 4);
            t.commit();  // in one phase after all
        }
        {
            auto t = c.begin({.two_phase_id = "five"});
            insert(c, 5);
            thrown<az::programming_error>([&] { run(c, "SELECT * FROM nowhere"); });
            t.rollback();
        }
        CHECK(text_of(c, "SELECT group_concat(id ORDER BY id) FROM t") == "1,2,4");
        c.rollback();
        CHECK_THROWS_AS(c.begin({.two_phase_id = std::string(65, 'x')}), az::interface_error);
    });
}

TEST_CASE("mysql sessions: statements that cannot be prepared, procedures, and several results") {
    with_each_driver([](const scratch_database& db) {
        auto c = db.open().connect();
        run(c, "PREPARE p FROM 'SELECT 1.5 AS a, ''x'' AS b'");
        const auto rows = c.execute(az::text("EXECUTE p")).mappings();
        REQUIRE(rows.size() == 1);
        CHECK(rows[0].get<std::string>("b") == "x");
        CHECK(to_string(rows[0].get<az::decimal>("a")) == "1.5");
        run(c, "CREATE PROCEDURE pair() BEGIN SELECT 1 AS n UNION SELECT 2; SELECT 'three' AS t; END");
        auto many = c.driver().execute("CALL pair()", {}, {});
        std::vector<az::cell> row(4);
        CHECK(many->columns().front().name == "n");
        CHECK(many->fetch(row, 1) == 1);
        REQUIRE(many->next_result());
        CHECK(many->columns().front().name == "t");
        CHECK(many->fetch(row, 1) == 1);
        CHECK(row[0].chars_view() == "three");
        CHECK_FALSE(many->next_result());
        many->close();
        CHECK(number_of(c, "SELECT 7") == 7);
        for (int i = 0; i < 3; ++i)
            CHECK(c.execute(az::text("CALL pair()").columns<std::int64_t>()).scalars() == std::vector<std::int64_t>{1, 2});
        CHECK(c.in_transaction());
        CHECK(number_of(c, "SELECT 8") == 8);
        run(c, "CREATE PROCEDURE fails() BEGIN SELECT 1; SELECT 2; SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'not so'; END");
        for (int i = 0; i < 3; ++i) CHECK(contains(thrown<az::error>([&] { run(c, "CALL fails()"); }).what(), "not so"));
        CHECK(number_of(c, "SELECT 9") == 9);
    });
}

TEST_CASE("mysql sessions: a FLOAT that came as text is refused, not cut to six digits") {
    with_each_driver([](const scratch_database& db) {
        auto c = db.open().connect();
        run(c, "CREATE TABLE t (f FLOAT)");
        run(c, "INSERT INTO t VALUES (16777215)");
        run(c, "PREPARE p FROM 'SELECT f FROM t'");
        const auto e = thrown<az::not_supported_error>([&] { (void)c.execute(az::text("EXECUTE p")).scalar<double>(); });
        CHECK(contains(e.what(), "AS DOUBLE"));
        CHECK(c.execute(az::text("SELECT f FROM t")).scalar<double>() == 16777215.0);
    });
}

TEST_CASE("mysql sessions: a prepared statement follows a table that changes") {
    with_each_driver([](const scratch_database& db) {
        auto c = db.open().connect();
        run(c, "CREATE TABLE t (a INT)");
        run(c, "INSERT INTO t VALUES (1)");
        const auto all = az::text("SELECT * FROM t");
        for (int i = 0; i < 3; ++i) CHECK(c.execute(all).mappings().front().size() == 1);
        run(c, "ALTER TABLE t ADD COLUMN b TEXT DEFAULT 'x'");
        for (int i = 0; i < 3; ++i) CHECK(c.execute(all).mappings().front().size() == 2);
        run(c, "ALTER TABLE t MODIFY COLUMN a VARCHAR(5)");
        CHECK(c.execute(all).mappings().front().get<std::string>("a") == "1");
        c.commit();
        // RETURNING tells its columns when the rows have been changed.
        const auto insert = az::text("INSERT INTO t (a) VALUES ('2') RETURNING *");
        for (int i = 0; i < 3; ++i) CHECK(c.execute(insert).mappings().front().size() == 2);
        c.commit();
        run(c, "ALTER TABLE t ADD COLUMN d INT");
        try {
            const auto rows = c.execute(insert).mappings();
            CHECK(rows.front().size() == 3);
        } catch (const az::operational_error& e) {
            CHECK(is_libmariadb(db));
            CHECK_FALSE(e.is_disconnect());
            CHECK(contains(e.what(), "run it again"));
            c.rollback();
            CHECK(c.execute(insert).mappings().front().size() == 3);
        }
        c.commit();
        CHECK(number_of(c, "SELECT COUNT(*) FROM t") == 5);
    });
}

TEST_CASE("mysql sessions: affected rows are matched rows, and the last generated key is told") {
    with_each_driver([](const scratch_database& db) {
        auto c = db.open().connect();
        run(c, "CREATE TABLE t (id INT AUTO_INCREMENT PRIMARY KEY, v INT)");
        const auto insert = c.execute(az::text("INSERT INTO t (v) VALUES (5)"));
        CHECK(insert.affected_rows() == 1);
        CHECK(insert.last_insert_id() == 1);
        CHECK(c.execute(az::text("UPDATE t SET v = 5")).affected_rows() == 1);
        CHECK(c.execute(az::text("DELETE FROM t WHERE id > 1")).affected_rows() == 0);
        const auto both = az::text("INSERT INTO t (v) VALUES (6), (7) RETURNING id");
        auto returned = c.execute(both);
        int rows = 0;
        while (returned.next()) ++rows;
        CHECK(rows == 2);
        CHECK(returned.affected_rows() == 2);
    });
}

TEST_CASE("mysql sessions: the program's name, and where it is connected") {
    with_each_driver([](const scratch_database& db) {
        const auto named = mysql_tests::open(db.url().with_option("program-name", "till"));
        auto c = named.connect();
        CHECK(text_of(c, "SELECT DATABASE()") == db.name());
        CHECK(c.server_profile().server == "MariaDB");
        CHECK(c.server_profile().version >= 10'03'00);
    });
}

TEST_CASE("mysql sessions: the server's warnings are told") {
    with_each_driver([](const scratch_database& db) {
        const auto engine = db.open();
        std::vector<std::string> told;
        az::event_handlers listener;
        listener.message = [&](const az::server_message& m) { told.emplace_back(m.text); };
        const auto listening = engine.subscribe(listener);
        auto c = engine.connect();
        run(c, "DROP TABLE IF EXISTS nowhere");
        REQUIRE(told.size() == 1);
        CHECK(contains(told.front(), "nowhere"));
        run(c, "CREATE TABLE t (id INT)");
        CHECK(told.size() == 1);
    });
}

TEST_CASE("mysql sessions: DDL that fails has committed, and the transaction goes on") {
    with_each_driver([](const scratch_database& db) {
        const auto engine = db.open();
        auto c = engine.connect();
        run(c, "CREATE TABLE t (id INT)");
        run(c, "INSERT INTO t VALUES (1)");
        for (const char* ddl : {"CREATE TABLE t (id INT)", "ALTER TABLE nowhere ADD x INT", "TRUNCATE nowhere",
                                "CREATE TABLE copied SELECT * FROM nowhere", "LOCK TABLES nowhere READ"}) {
            INFO(ddl);
            CHECK_THROWS_AS(run(c, ddl), az::programming_error);
            run(c, "INSERT INTO t VALUES (2)");
            c.rollback();
            CHECK(number_of(c, "SELECT SUM(id) FROM t") == 1);
        }
    });
}

TEST_CASE("mysql sessions: a statement that fails after its first returned rows is told, though nobody reads them") {
    with_each_driver([](const scratch_database& db) {
        const auto engine = db.open();
        auto c = engine.connect();
        run(c, "CREATE TABLE many (id INT PRIMARY KEY)");
        run(c, "INSERT INTO many VALUES (50000)");
        c.commit();
        CHECK_THROWS_AS(c.execute(az::text("INSERT INTO many SELECT seq FROM seq_1_to_50000 RETURNING id")), az::unique_violation);
        c.commit();
        CHECK(number_of(c, "SELECT COUNT(*) FROM many") == 1);
        auto returned = c.execute(az::text("INSERT INTO many SELECT seq FROM seq_1_to_300 RETURNING id"));
        int rows = 0;
        while (returned.next()) ++rows;
        CHECK(rows == 300);
    });
}

TEST_CASE("mysql sessions: a forked child leaves its parent's connections alone") {
    with_each_driver([](const scratch_database& db) {
        if (!is_libmariadb(db)) return;
        for (const char* mode : {"disabled", "required"}) {
            const auto engine = mysql_tests::open(db.url().with_option("ssl-mode", mode));
            auto idle = std::make_unique<az::connection>(engine.connect());
            auto c = engine.connect();
            const auto session = number_of(c, "SELECT connection_id()");
            const auto idle_session = number_of(*idle, "SELECT connection_id()");
            idle.reset();  // in the pool, which the child inherits
            auto rows = c.execute(az::text("SELECT seq FROM seq_1_to_1000"));
            REQUIRE(rows.next());
            const pid_t child = ::fork();
            if (child == 0) {
                try {
                    auto own = engine.connect();
                    ::_exit(number_of(own, "SELECT 1") == 1 ? 0 : 1);
                } catch (...) {
                    ::_exit(2);
                }
            }
            int status = 0;
            ::waitpid(child, &status, 0);
            CHECK(status == 0);
            int read = 1;
            while (rows.next()) ++read;
            CHECK(read == 1000);
            CHECK(number_of(c, "SELECT connection_id()") == session);
            auto again = engine.connect();
            CHECK(number_of(again, "SELECT connection_id()") == idle_session);
        }
    });
}
