// What is special to MySQL Connector/C++: the traps of that library.
#include "mysql_support.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <limits>
#include <random>
#include <thread>

using namespace mysql_tests;
using namespace std::chrono_literals;

namespace {

using clock_type = std::chrono::steady_clock;

std::int64_t session_of(az::connection& c) { return number_of(c, "SELECT CONNECTION_ID()"); }

}  // namespace

TEST_CASE("connector: a result that the server breaks off is an error, where the library sees an end") {
    with_connector([](const scratch_database& database) {
        auto engine = database.open();
        auto c = engine.connect();
        auto other = engine.connect();
        const auto id = session_of(c);
        auto rows = c.execute(az::text("SELECT seq, REPEAT('x', 200) AS x FROM seq_1_to_3000000")).stream();
        std::int64_t seen = 0;
        const auto e = thrown<az::operational_error>([&] {
            while (rows.next()) {
                if (++seen == 10) run(other, "KILL QUERY " + std::to_string(id));
            }
        });
        CHECK(e.code() == az::errc::cancelled);
        CHECK(seen < 3'000'000);
        c.rollback();
        CHECK(number_of(c, "SELECT 1") == 1);
        CHECK(session_of(c) == id);
    });
}

TEST_CASE("connector: a large result that is left early does not have to be read to its end") {
    with_connector([](const scratch_database& database) {
        auto engine = database.open();
        auto c = engine.connect();
        const auto id = session_of(c);
        for (int i = 0; i < 3; ++i) {
            const auto start = clock_type::now();
            CHECK(c.execute(az::text("SELECT a.seq FROM seq_1_to_1000000 a, seq_1_to_1000 b")).next());
            CHECK(clock_type::now() - start < 5s);
            CHECK(number_of(c, "SELECT 2") == 2);
        }
        CHECK(session_of(c) == id);
    });
}

TEST_CASE("connector: keys that an INSERT generated, and none where it did not") {
    with_connector([](const scratch_database& database) {
        auto engine = database.open();
        auto c = engine.connect();
        run(c, "CREATE TABLE a (id BIGINT AUTO_INCREMENT PRIMARY KEY, x INT)");
        run(c, "CREATE TABLE b (id BIGINT AUTO_INCREMENT PRIMARY KEY, x INT UNIQUE)");
        run(c, "CREATE TABLE plain (x INT)");
        const auto key = [&](std::string_view sql) { return c.execute(az::text(sql)).last_insert_id(); };
        CHECK_FALSE(key("INSERT INTO plain (x) VALUES (1)"));
        CHECK(key("INSERT INTO a (x) VALUES (1)") == 1);
        CHECK(key("INSERT INTO b (x) VALUES (1)") == 1);  // the same number as the table before
        CHECK_FALSE(key("INSERT INTO plain (x) VALUES (1)"));
        CHECK(key("INSERT INTO `a` (`x`) VALUES (2), (3)") == 2);  // the first
        CHECK(key("INSERT INTO a () VALUES ()") == 4);
        CHECK(key("INSERT INTO \"" + database.name() + "\".a (x) SELECT 7") == 5);
        CHECK_FALSE(key("INSERT IGNORE INTO b (x) VALUES (1)"));
        CHECK_FALSE(key("UPDATE a SET x = 9"));
        CHECK(number_of(c, "SELECT LAST_INSERT_ID()") == 5);  // whoever asks the server itself hears what it always says
        // RETURNING brings a key that nobody has asked the server for; the next INSERT brings its own.
        CHECK(number_of(c, "INSERT INTO a (x) VALUES (8) RETURNING id") == 6);
        CHECK_FALSE(key("INSERT INTO a (id, x) VALUES (100, 1)"));
        CHECK(key("INSERT INTO a (x) VALUES (9)") == 101);
    });
}

TEST_CASE("connector: to find the key of a new row, those that the table has are not read") {
    with_connector([](const scratch_database& database) {
        auto engine = database.open();
        auto c = engine.connect();
        run(c, "CREATE TABLE a (id BIGINT AUTO_INCREMENT PRIMARY KEY, x INT)");
        run(c, "CREATE TABLE plain (x INT)");
        run(c, "INSERT INTO a (x) SELECT seq FROM seq_1_to_5000");
        run(c, "INSERT INTO plain (x) SELECT seq FROM seq_1_to_5000");
        c.commit();
        const auto rows_read = [&] {
            return number_of(c,
                             "SELECT SUM(variable_value) FROM information_schema.session_status WHERE variable_name LIKE 'HANDLER_READ%'");
        };
        const auto before = rows_read();
        CHECK(c.execute(az::text("INSERT INTO a (x) VALUES (1)")).last_insert_id());
        CHECK_FALSE(c.execute(az::text("INSERT INTO plain (x) VALUES (1)")).last_insert_id());
        CHECK(rows_read() - before < 5000);  // what the question about them reads is among them
    });
}

TEST_CASE("connector: values larger than belong into a statement's text") {
    with_connector([](const scratch_database& database) {
        auto engine = database.open();
        auto c = engine.connect();
        const az::table t{"big",
                          {az::column("id", az::type_kind::integer, az::primary_key, az::not_generated),
                           az::column("s", az::type_kind::text), az::column("b", az::type_kind::binary)}};
        az::metadata{{t}}.create_all(c);
        std::mt19937 random{7};
        std::string s(3'000'000, 'x');
        az::bytes b(40'000'000);  // twice as much in hexadecimal digits would not fit into the server's packet
        for (auto& byte : b) byte = static_cast<std::byte>(random());
        for (auto& ch : s) ch = "a'\\\n"[random() % 4];
        std::vector<std::vector<az::value>> rows;
        for (int i = 0; i < 10; ++i)
            rows.push_back({az::value{i}, i == 4 ? az::value{s} : az::value{"small"}, i == 6 ? az::value{b} : az::value{az::bytes{}}});
        c.execute(az::insert(t).columns(t["id"], t["s"], t["b"]), rows);
        const auto find = az::text("SELECT s, b FROM big WHERE id = :id").columns<std::string, az::bytes>();
        CHECK(std::get<0>(c.execute(find.bind("id", 4)).one()) == s);
        CHECK(std::get<1>(c.execute(find.bind("id", 6)).one()) == b);
        CHECK(std::get<1>(c.execute(find.bind("id", 5)).one()).empty());
        for (int i = 0; i < 3; ++i) CHECK(c.execute(az::text("SELECT LENGTH(:v)").bind("v", b)).scalar<std::int64_t>() == 40'000'000);
    });
}

TEST_CASE("connector: types that the server has and Azoth does not make") {
    with_connector([](const scratch_database& database) {
        auto engine = database.open();
        auto c = engine.connect();
        run(c,
            "CREATE TABLE k (b1 BIT(1), b64 BIT(64), y YEAR, e ENUM('a', 'b'), s SET('x', 'y'), j JSON, g GEOMETRY, i INET6, u UUID, "
            "t TIME(6), z BIGINT UNSIGNED, ts TIMESTAMP(6) NULL)");
        run(c,
            "INSERT INTO k VALUES (b'1', b'1111111111111111111111111111111111111111111111111111111111111111', 2024, 'b', 'x,y', "
            "'{\"a\": 1}', POINT(1, 2), '::1', '123e4567-e89b-12d3-a456-426614174000', '23:59:59.000001', 18446744073709551615, "
            "'2024-02-29 12:00:00.000001')");
        for (int i = 0; i < 3; ++i) {
            auto row = c.execute(az::text("SELECT * FROM k"));
            REQUIRE(row.next());
            CHECK(row.get<int>("b1") == 1);
            CHECK(row.get<std::uint64_t>("b64") == std::numeric_limits<std::uint64_t>::max());
            CHECK(row.get<int>("y") == 2024);
            CHECK(row.get<std::string>("e") == "b");
            CHECK(row.get<std::string>("s") == "x,y");
            CHECK(contains(row.get<std::string>("j"), "\"a\""));
            CHECK(row.get<az::bytes>("g").size() == 25);
            CHECK(row.get<std::string>("i") == "::1");
            CHECK(row.get<az::uuid>("u") == az::uuid::parse("123e4567-e89b-12d3-a456-426614174000"));
            CHECK(row.get<az::time_of_day>("t") == az::time_of_day{23h, 59min, 59s, 1us});
            CHECK(row.get<std::uint64_t>("z") == std::numeric_limits<std::uint64_t>::max());
            CHECK(row.get<az::timestamp>("ts") == az::parse_timestamp("2024-02-29 12:00:00.000001"));
        }
    });
}

TEST_CASE("connector: a transaction is known to run without disturbing a result that is open") {
    with_connector([](const scratch_database& database) {
        auto engine = database.open();
        auto c = engine.connect();
        run(c, "SET @x = 1");  // from now on the server is asked
        c.commit();
        auto transaction = c.begin();
        auto rows = c.execute(az::text("SELECT seq FROM seq_1_to_1000"));
        std::int64_t sum = 0;
        while (rows.next()) sum += rows.get<std::int64_t>(std::size_t{0});
        CHECK(sum == 500'500);
        transaction.commit();
    });
}

TEST_CASE("connector: results stream after a SET and a CALL, outside of transactions too") {
    with_connector([](const scratch_database& database) {
        auto engine = database.open();
        auto c = engine.connect();
        run(c, "CREATE PROCEDURE nothing() BEGIN END");
        for (const char* before : {"SET @x = 1", "CALL nothing()"}) {
            INFO(before);
            c.commit();
            c.set_isolation(az::isolation_level::autocommit);
            run(c, before);
            const auto start = clock_type::now();
            auto rows = c.execute(az::text("SELECT a.seq FROM seq_1_to_100000 a, seq_1_to_10000 b"));
            REQUIRE(rows.next());
            CHECK(clock_type::now() - start < 5s);  // all of them take minutes
        }
    });
}

TEST_CASE("connector: the word returning in a text, a name or a comment returns nothing") {
    with_connector([](const scratch_database& database) {
        for (const char* protocol : {"auto", "binary"}) {
            INFO(protocol);
            auto engine = open(database.url().with_option("protocol", protocol));
            auto c = engine.connect();
            run(c, "CREATE OR REPLACE TABLE t (id INT AUTO_INCREMENT PRIMARY KEY, `returning` TEXT)");
            for (int i = 0; i < 3; ++i) {
                const auto done = c.execute(az::text("INSERT INTO t (`returning`) /* returning */ VALUES ('never returning home')"));
                CHECK(done.affected_rows() == 1);
                CHECK(done.last_insert_id() == i + 1);
            }
            run(c, "CREATE OR REPLACE PROCEDURE pair() BEGIN SELECT 1 AS n UNION SELECT 2; SELECT 'three' AS t; END");
            for (int i = 0; i < 3; ++i) {
                auto many = c.driver().execute("CALL pair()", {}, {});
                std::vector<az::cell> row(4);
                CHECK(many->fetch(row, 1) == 1);
                CHECK(many->fetch(row, 1) == 1);
                REQUIRE(many->next_result());
                CHECK(many->fetch(row, 1) == 1);
                CHECK(row[0].chars_view() == "three");
                CHECK_FALSE(many->next_result());
                many->close();
            }
            CHECK(number_of(c, "SELECT 7") == 7);
        }
    });
}

TEST_CASE("connector: a deadline holds while rows are read, too") {
    with_connector([](const scratch_database& database) {
        auto engine = database.open();
        auto c = engine.connect();
        const auto start = clock_type::now();
        auto rows = c.execute(az::text("SELECT a.seq FROM seq_1_to_100000 a, seq_1_to_10000 b"), {}, {.until = az::deadline::after(400ms)});
        CHECK(thrown<az::timeout_error>([&] {
                  while (rows.next()) {}
              }).code() == az::errc::timeout);
        CHECK(clock_type::now() - start < 4s);
        c.rollback();
        CHECK(number_of(c, "SELECT 1") == 1);
    });
}

TEST_CASE("connector: the process that a fork makes leaves the connections alone") {
    with_connector([](const scratch_database& database) {
        auto engine = database.open();
        auto c = engine.connect();
        const auto id = session_of(c);
        auto open = c.execute(az::text("SELECT seq FROM seq_1_to_100000"));
        CHECK(open.next());
        CHECK(open.get<int>(std::size_t{0}) == 1);
        const pid_t child = ::fork();
        if (child == 0) {
            bool refused = false;
            try {
                auto mine = engine.connect();  // a new one
                if (mine.execute(az::text("SELECT CONNECTION_ID()")).scalar<std::int64_t>() == id) ::_exit(2);
                { const auto inherited = std::move(c); }
            } catch (const std::exception&) {
                refused = true;
            }
            ::_exit(refused ? 1 : 0);
        }
        int status = 0;
        CHECK(::waitpid(child, &status, 0) == child);
        CHECK(WIFEXITED(status));
        CHECK(WEXITSTATUS(status) == 0);
        std::int64_t rows = 1;
        while (open.next()) ++rows;
        CHECK(rows == 100'000);
        CHECK(session_of(c) == id);
    });
}

TEST_CASE("connector: connections made, used and closed by different threads") {
    with_connector([](const scratch_database& database) {
        const auto engine = database.open({.pool = {.size = 4, .overflow = 0}, .pool_kind_said = true});
        std::atomic<int> done{0};
        std::vector<std::thread> threads;
        for (int i = 0; i < 8; ++i)
            threads.emplace_back([&] {
                for (int n = 0; n < 8; ++n) {
                    auto c = engine.connect();
                    if (c.execute(az::text("SELECT :v").bind("v", n)).scalar<int>() == n) ++done;
                }
            });
        for (auto& t : threads) t.join();
        CHECK(done == 64);
    });
}

TEST_CASE("connector: protocol=binary sends the library's prepared statements, and claims what they can") {
    with_connector([](const scratch_database& database) {
        auto engine = open(database.url().with_option("protocol", "binary"));
        auto c = engine.connect();
        CHECK_FALSE(c.server_profile().can.streaming);
        run(c,
            "CREATE TABLE p (id BIGINT UNSIGNED PRIMARY KEY, s TEXT, b BLOB, d DATE, m DATETIME(6), t TIME(6), n DECIMAL(20, 5), x DOUBLE, "
            "f FLOAT)");
        const auto add = az::text("INSERT INTO p VALUES (:id, :s, :b, :d, :m, :t, :n, :x, :f)")
                             .bind("id", std::numeric_limits<std::uint64_t>::max())
                             .bind("s", "a'\\b")
                             .bind("b", az::bytes{std::byte{0}, std::byte{255}})
                             .bind("d", az::date{std::chrono::year{5} / 1 / 2})
                             .bind("m", az::parse_local_timestamp("0999-12-31 23:59:59.000001"))
                             .bind("t", az::time_of_day{23h, 59min, 59s, 1us})
                             .bind("n", az::decimal::parse("-123456789012345.12345"))
                             .bind("x", 0.1)
                             .bind("f", 0.1f);
        CHECK(c.execute(add).affected_rows() == 1);
        for (int i = 0; i < 3; ++i) {
            auto row = c.execute(az::text("SELECT * FROM p"));
            REQUIRE(row.next());
            CHECK(row.get<std::uint64_t>("id") == std::numeric_limits<std::uint64_t>::max());
            CHECK(row.get<std::string>("s") == "a'\\b");
            CHECK(row.get<az::bytes>("b") == az::bytes{std::byte{0}, std::byte{255}});
            CHECK(row.get<az::date>("d") == az::date{std::chrono::year{5} / 1 / 2});
            CHECK(row.get<az::local_timestamp>("m") == az::parse_local_timestamp("0999-12-31 23:59:59.000001"));
            CHECK(row.get<az::time_of_day>("t") == az::time_of_day{23h, 59min, 59s, 1us});
            CHECK(row.get<az::decimal>("n") == az::decimal::parse("-123456789012345.12345"));
            CHECK(row.get<double>("x") == 0.1);
            CHECK(row.get<double>("f") == static_cast<double>(0.1f));
        }
        CHECK(thrown<az::not_supported_error>([&] { (void)c.execute(az::text("SELECT POINT(1, 2)")).next(); }).code() ==
              az::errc::not_supported);
        CHECK(c.execute(az::text("DELETE FROM p WHERE x = :x").bind("x", 0.1)).affected_rows() == 1);
    });
}

TEST_CASE("connector: a server cannot ask for this machine's files") {
    with_connector([](const scratch_database& database) {
        auto engine = database.open();
        auto c = engine.connect();
        run(c, "CREATE TABLE t (x TEXT)");
        CHECK_THROWS_AS(run(c, "LOAD DATA LOCAL INFILE '/etc/hostname' INTO TABLE t"), az::error);
        CHECK(number_of(c, "SELECT COUNT(*) FROM t") == 0);
    });
}

TEST_CASE("connector: a deadline that has passed already costs no connection") {
    with_connector([](const scratch_database& database) {
        auto engine = database.open();
        auto c = engine.connect();
        CHECK(thrown<az::timeout_error>([&] { (void)c.execute(az::text("SELECT 1"), {}, {.until = az::deadline::after(0ms)}); }).code() ==
              az::errc::timeout);
        CHECK(number_of(c, "SELECT 1") == 1);
    });
}

TEST_CASE("connector: options that this library cannot keep are refused") {
    with_connector([](const scratch_database& database) {
        const az::url& url = database.url();
        CHECK(contains(thrown<az::url_error>([&] { (void)open(url.with_option("ssl-mode", "verify-ca")); }).message(), "verify-full"));
        CHECK(thrown<az::url_error>([&] { (void)open(url.with_option("OPT_SSL_MODE", "3")); }).code() == az::errc::url_option);
        CHECK(thrown<az::url_error>([&] { (void)open(url.with_option("protocol", "quick")); }).code() == az::errc::url_option);
    });
}
