// How values go to the server through MySQL Connector/C++, and come back: as literals and as texts.
#include "mysql_support.hpp"

#include <random>

using namespace mysql_tests;

namespace {

/// A value's way through the database and back, by the statement's first run and by its second, which is prepared.
template <class T>
std::vector<T> travels(az::connection& on, std::string_view sql, const T& value) {
    std::vector<T> came;
    for (int i = 0; i < 3; ++i) came.push_back(on.execute(az::text(sql).bind("v", value).template columns<T>()).scalar());
    return came;
}

}  // namespace

TEST_CASE("connector: a FLOAT is what was stored, not the six digits that the text protocol has for it") {
    with_connector([](const scratch_database& database) {
        auto engine = database.open();
        auto c = engine.connect();
        run(c, "CREATE TABLE f (id INT PRIMARY KEY, x FLOAT, y DOUBLE, s LONGTEXT, b LONGBLOB, d DATE)");
        run(c, "INSERT INTO f (id, x, y) VALUES (1, 1.23456789, 0.1), (2, 16777215, 1e300), (3, 0.1, NULL)");
        run(c, "UPDATE f SET s = REPEAT('ab', 100000), b = x'00ff', d = '0987-01-02'");
        for (int i = 0; i < 3; ++i) {
            const auto rows = c.execute(az::text("SELECT x, y FROM f ORDER BY id").columns<float, std::optional<double>>()).all();
            REQUIRE(rows.size() == 3);
            CHECK(std::get<0>(rows[0]) == 1.23456789f);
            CHECK(std::get<0>(rows[1]) == 16777215.0f);
            CHECK(std::get<0>(rows[2]) == 0.1f);
            CHECK(std::get<1>(rows[0]) == 0.1);
            CHECK(std::get<1>(rows[1]) == 1e300);
            CHECK_FALSE(std::get<1>(rows[2]));
        }
        auto all = c.execute(az::text("SELECT * FROM f WHERE id = 1"));
        REQUIRE(all.next());
        CHECK(all.get<float>("x") == 1.23456789f);
        CHECK(all.get<std::string>("s").size() == 200'000);
        CHECK(all.get<az::bytes>("b") == az::bytes{std::byte{0}, std::byte{255}});
        CHECK(all.get<az::date>("d") == az::date{std::chrono::year{987} / 1 / 2});
        all.close();
        CHECK(c.execute(az::text("SELECT x FROM f WHERE id = 3")).scalar<double>() == static_cast<double>(0.1f));  // what is stored
    });
}

TEST_CASE("connector: a column that becomes a FLOAT under a prepared statement is never read as its six digits") {
    with_connector([](const scratch_database& database) {
        auto engine = database.open();
        auto c = engine.connect();
        run(c, "CREATE TABLE f (x DOUBLE)");
        run(c, "INSERT INTO f VALUES (1.5)");
        const auto read = [&] { return c.execute(az::text("SELECT x FROM f")).scalar<double>(); };
        for (int i = 0; i < 3; ++i) CHECK(read() == 1.5);
        run(c, "ALTER TABLE f MODIFY x FLOAT");
        run(c, "UPDATE f SET x = 1.23456789");
        c.commit();
        CHECK(contains(thrown<az::not_supported_error>([&] { (void)read(); }).message(), "CAST(... AS DOUBLE)"));
        CHECK(static_cast<float>(read()) == 1.23456789f);  // now that it is known
        auto other = engine.connect();
        CHECK(static_cast<float>(other.execute(az::text("SELECT x FROM f")).scalar<double>()) == 1.23456789f);
    });
}

TEST_CASE("connector: decimals of 65 digits, and what cannot be read beside a FLOAT") {
    with_connector([](const scratch_database& database) {
        auto engine = database.open();
        auto c = engine.connect();
        const auto widest = az::decimal::parse("-12345678901234567890123456789012345.123456789012345678901234567891");
        for (const auto& d : travels(c, "SELECT CAST(:v AS DECIMAL(65, 30))", widest)) CHECK(d == widest);
        const auto whole = az::decimal::parse("12345678901234567890123456789012345678901234567890123456789012345");
        for (const auto& d : travels(c, "SELECT CAST(:v AS DECIMAL(65, 0))", whole)) CHECK(d == whole);

        run(c, "CREATE TABLE d (f FLOAT, n DECIMAL(65, 30))");
        run(c, "INSERT INTO d VALUES (0.5, 12345678901234567890123456789012.5)");
        const auto read = [&](std::string_view sql) { return c.execute(az::text(sql).columns<float, az::decimal>()).all(); };
        for (int i = 0; i < 3; ++i)
            CHECK(std::get<1>(read("SELECT f, n FROM d").at(0)) == az::decimal::parse("12345678901234567890123456789012.5"));
        run(c, "INSERT INTO d VALUES (0.5, -12345678901234567890123456789012345.5)");
        const auto e = thrown<az::not_supported_error>([&] { (void)read("SELECT f, n FROM d"); });
        CHECK(contains(e.message(), "\"n\""));
        CHECK(contains(e.message(), "CAST(... AS CHAR)"));
        CHECK(std::get<1>(read("SELECT CAST(f AS DOUBLE), n FROM d ORDER BY n").at(0)) ==
              az::decimal::parse("-12345678901234567890123456789012345.5"));
    });
}

TEST_CASE("connector: a decimal is compared as one, not as a double") {
    with_connector([](const scratch_database& database) {
        auto engine = database.open();
        auto c = engine.connect();
        run(c, "CREATE TABLE n (x DECIMAL(40, 10))");
        run(c, "INSERT INTO n VALUES (123456789012345678901234567890.0000000001)");
        const auto find = az::text("SELECT COUNT(*) FROM n WHERE x = :v");
        for (int i = 0; i < 2; ++i) {
            CHECK(c.execute(find.bind("v", az::decimal::parse("123456789012345678901234567890.0000000001"))).scalar<int>() == 1);
            CHECK(c.execute(find.bind("v", az::decimal::parse("123456789012345678901234567890.0000000002"))).scalar<int>() == 0);
        }
    });
}

TEST_CASE("connector: texts are values in every SQL mode, whatever they hold") {
    with_connector([](const scratch_database& database) {
        auto engine = database.open();
        auto c = engine.connect();
        const std::vector<std::string> texts{"",
                                             "'",
                                             "''",
                                             "\\",
                                             "\\'",
                                             "'; DROP TABLE t; -- ",
                                             "\\'; DROP TABLE t; -- ",
                                             "\"x",
                                             "?",
                                             ":v",
                                             "\\\\",
                                             "%_",
                                             "line\nend\r\t\x1a",
                                             std::string{"a\0b", 3},
                                             "\\0",
                                             "\xf0\x9f\x8e\x89",
                                             "Gr\u00fc\u00dfe",
                                             "-- x",
                                             "/* x",
                                             "\\N"};
        for (const char* mode : {"", "NO_BACKSLASH_ESCAPES", "ANSI_QUOTES", "ANSI,NO_BACKSLASH_ESCAPES", "PIPES_AS_CONCAT"}) {
            INFO("sql_mode = '" << mode << "'");
            run(c, "SET SESSION sql_mode = '" + std::string{mode} + "'");
            for (const auto& text : texts) {
                INFO(text);
                for (const auto& came : travels(c, "SELECT :v", text)) CHECK(came == text);
                CHECK(c.execute(az::text("SELECT HEX(:v)").bind("v", text)).scalar<std::string>().size() == text.size() * 2);
            }
        }
        // The same as the server compares a literal: with the connection's collation, below a column's.
        CHECK(c.execute(az::text("SELECT COLLATION(:v) = @@collation_connection").bind("v", "a\\b")).scalar<int>() == 1);
        CHECK(c.execute(az::text("SELECT COLLATION(:v) = @@collation_connection").bind("v", "ab")).scalar<int>() == 1);
    });
}

TEST_CASE("connector: random texts and bytes come back, one by one and in bulk") {
    with_connector([](const scratch_database& database) {
        auto engine = database.open();
        auto c = engine.connect();
        const az::table t{"r",
                          {az::column("id", az::type_kind::integer, az::primary_key, az::not_generated),
                           az::column("s", az::type_kind::text), az::column("b", az::type_kind::binary)}};
        az::metadata{{t}}.create_all(c);
        std::mt19937 random{20'261'123};
        constexpr std::string_view likely = "'\"\\;-#/*?:%_`\n\r\0a1 ";
        std::vector<std::vector<az::value>> rows;
        std::vector<std::string> texts;
        std::vector<az::bytes> blobs;
        for (int i = 0; i < 3000; ++i) {
            std::string& s = texts.emplace_back();
            az::bytes& b = blobs.emplace_back();
            for (auto n = random() % 30; n > 0; --n) {
                s += likely[random() % likely.size()];
                b.push_back(static_cast<std::byte>(random() % 256));
            }
            rows.push_back({az::value{i}, az::value{s}, az::value{b}});
        }
        CHECK(c.execute(az::insert(t).columns(t["id"], t["s"], t["b"]), rows).affected_rows() == 3000);
        const auto back = c.execute(az::text("SELECT s, b FROM r ORDER BY id").columns<std::string, az::bytes>()).all();
        REQUIRE(back.size() == texts.size());
        int differ = 0;
        for (std::size_t i = 0; i < back.size(); ++i) differ += std::get<0>(back[i]) != texts[i] || std::get<1>(back[i]) != blobs[i];
        CHECK(differ == 0);
        for (std::size_t i = 0; i < 200; ++i) {
            if (c.execute(az::text("SELECT :v").bind("v", texts[i]).columns<std::string>()).scalar() != texts[i]) ++differ;
            if (c.execute(az::text("SELECT :v").bind("v", blobs[i]).columns<az::bytes>()).scalar() != blobs[i]) ++differ;
        }
        CHECK(differ == 0);
    });
}
