#include "mysql_support.hpp"

#include <chrono>
#include <future>
#include <optional>
#include <thread>

using namespace mysql_tests;
using namespace std::chrono_literals;

namespace {

az::error failure(az::connection& c, std::string_view sql) {
    return thrown<az::error>([&] { run(c, sql); });
}

}  // namespace

TEST_CASE("mysql errors: constraints are told apart, and named") {
    with_each_driver([](const scratch_database& db) {
        auto c = db.open().connect();
        run(c, "CREATE TABLE parent (id INT PRIMARY KEY)");
        run(c,
            "CREATE TABLE child (id INT PRIMARY KEY, name VARCHAR(50) NOT NULL, parent INT, CONSTRAINT only_one UNIQUE (name), CONSTRAINT "
            "of_parent FOREIGN KEY (parent) REFERENCES parent (id), CONSTRAINT not_negative CHECK (id >= 0))");
        run(c, "INSERT INTO parent VALUES (1)");
        run(c, "INSERT INTO child VALUES (1, 'it''s for key ''x''', 1)");
        const auto check = [&](std::string_view sql, az::errc code, std::string_view constraint, std::string_view state) {
            const auto e = failure(c, sql);
            CHECK(e.code() == code);
            CHECK(e.constraint() == constraint);
            CHECK(e.sqlstate() == state);
            CHECK(c.in_transaction());
        };
        check("INSERT INTO child VALUES (2, 'it''s for key ''x''', 1)", az::errc::unique_violation, "only_one", "23505");
        check("INSERT INTO child VALUES (1, 'b', 1)", az::errc::unique_violation, "PRIMARY", "23505");
        check("INSERT INTO child VALUES (2, 'b', 9)", az::errc::foreign_key_violation, "of_parent", "23503");
        check("DELETE FROM parent", az::errc::foreign_key_violation, "of_parent", "23503");
        check("INSERT INTO child VALUES (2, NULL, 1)", az::errc::not_null_violation, "name", "23502");
        check("INSERT INTO child (id) VALUES (2)", az::errc::not_null_violation, "name", "23502");
        check("UPDATE child SET name = NULL", az::errc::not_null_violation, "name", "23502");
        check("INSERT INTO child VALUES (-1, 'b', 1)", az::errc::check_violation, "not_negative", "23514");
        CHECK(number_of(c, "SELECT count(*) FROM child") == 1);
    });
}

TEST_CASE("mysql errors: each has its own class") {
    with_each_driver([](const scratch_database& db) {
        auto c = db.open().connect();
        run(c, "CREATE TABLE t (id INT, v TINYINT, long_one LONGTEXT)");
        run(c, "CREATE TRIGGER no BEFORE DELETE ON t FOR EACH ROW SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'never'");
        run(c, "INSERT INTO t VALUES (1, 1, '')");
        c.commit();
        const auto code = [&](std::string_view sql) {
            const auto failed = failure(c, sql).code();
            c.rollback();
            return failed;
        };
        CHECK(code("SELEC 1") == az::errc::sql_syntax);
        CHECK(code("SELECT * FROM nowhere") == az::errc::no_such_table);
        CHECK(code("SELECT * FROM nodb.nowhere") != az::errc::operational);
        CHECK(code("SELECT nothing FROM t") == az::errc::no_such_column);
        CHECK(code("SELECT id FROM t, t AS u") == az::errc::no_such_column);
        CHECK(code("INSERT INTO t VALUES (1, 1000, '')") == az::errc::value_range);
        CHECK(code("SELECT 9223372036854775807 + 1 FROM t") == az::errc::value_range);
        CHECK(code("INSERT INTO t VALUES ('x', 1, '')") == az::errc::value_format);
        CHECK(code("INSERT INTO t VALUES (1 / 0, 1, '')") == az::errc::division_by_zero);
        CHECK(code("DELETE FROM t") == az::errc::integrity);
        CHECK(code("SELECT nofunction(1)") == az::errc::programming);
        CHECK(code("ALTER TABLE t ADD PRIMARY KEY (long_one)") == az::errc::programming);
        CHECK(code("CREATE TABLE t (id INT)") == az::errc::programming);
        CHECK(code("DROP TABLE nowhere") == az::errc::no_such_table);
        CHECK(code("CREATE USER x") == az::errc::permission_denied);
        CHECK(number_of(c, "SELECT 1") == 1);
        // Two statements in one text are no way in.
        CHECK(code("SELECT 1; DROP TABLE t") == az::errc::sql_syntax);
        CHECK(code("LOAD DATA LOCAL INFILE '/etc/hostname' INTO TABLE t") != az::errc::internal);
        CHECK(number_of(c, "SELECT count(*) FROM t") == 1);
    });
}

TEST_CASE("mysql errors: a wait for a lock ends, and a deadlock ends the transaction") {
    with_each_driver([](const scratch_database& db) {
        const auto engine = db.open();
        auto a = engine.connect();
        auto b = engine.connect();
        run(a, "CREATE TABLE t (id INT PRIMARY KEY, v INT)");
        run(a, "INSERT INTO t VALUES (1, 0), (2, 0)");
        a.commit();
        run(b, "SET innodb_lock_wait_timeout = 1");
        run(a, "UPDATE t SET v = 1 WHERE id = 1");
        const auto locked = failure(b, "UPDATE t SET v = 2 WHERE id = 1");
        CHECK(locked.code() == az::errc::locked);
        CHECK(locked.is_retryable());
        b.rollback();
        run(b, "SET innodb_lock_wait_timeout = 20");
        run(b, "UPDATE t SET v = 2 WHERE id = 2");
        const auto update = [](az::connection& on, const char* sql) -> std::optional<az::error> {
            try {
                run(on, sql);
                return std::nullopt;
            } catch (const az::serialization_error& e) {
                return e;
            }
        };
        auto of_a = std::async(std::launch::async, [&] { return update(a, "UPDATE t SET v = 1 WHERE id = 2"); });
        std::this_thread::sleep_for(300ms);
        const auto of_b = update(b, "UPDATE t SET v = 2 WHERE id = 1");
        // The server has rolled back the one or the other, in which nothing may go on as if it had not.
        const auto check_victim = [](const std::optional<az::error>& e, az::connection& victim) {
            if (!e) return;
            CHECK(e->code() == az::errc::deadlock);
            CHECK(e->is_retryable());
            CHECK(contains(failure(victim, "SELECT 1").what(), "rolled this transaction back"));
        };
        check_victim(of_b, b);
        b.rollback();
        const auto of_a_now = of_a.get();
        check_victim(of_a_now, a);
        CHECK(of_a_now.has_value() != of_b.has_value());
        a.rollback();
        CHECK(number_of(b, "SELECT sum(v) FROM t") == 0);
    });
}

TEST_CASE("mysql errors: a killed connection is lost, says so, and says so again at once") {
    with_each_driver([](const scratch_database& db) {
        const auto engine = db.open();
        auto c = engine.connect();
        auto other = engine.connect();
        const auto session = number_of(c, "SELECT connection_id()");
        run(other, "KILL " + std::to_string(session));
        std::this_thread::sleep_for(50ms);
        const auto e = thrown<az::disconnect_error>([&] { (void)number_of(c, "SELECT 1"); });
        CHECK(e.is_disconnect());
        thrown<az::error>([&] { (void)number_of(c, "SELECT 1"); });
        c.close();
        auto fresh = engine.connect();
        CHECK(number_of(fresh, "SELECT 1") == 1);
    });
}

TEST_CASE("mysql errors: what cannot be a key is refused with a remedy") {
    with_each_driver([](const scratch_database& db) {
        const auto engine = db.open();
        const az::table bad{"bad", {az::column("name", az::type_kind::text, az::primary_key)}};
        const auto e = thrown<az::programming_error>([&] { az::metadata{{bad}}.create_all(engine); });
        CHECK(contains(e.what(), "string(190)"));
        const az::table good{"good",
                             {az::column("name", az::string(190), az::primary_key), az::column("words", az::type_kind::text, az::indexed)}};
        az::metadata{{good}}.create_all(engine);
        auto c = engine.connect();
        CHECK(contains(c.execute(az::text("SHOW CREATE TABLE good")).mappings().front().get<std::string>(1), "(\"words\"(255))"));
    });
}
