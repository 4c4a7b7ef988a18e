#include "mysql_support.hpp"

#include <support/specimen.hpp>

#include <cmath>
#include <limits>

using namespace mysql_tests;
using namespace support;
using namespace std::chrono_literals;

namespace {

/// `widest`: with more digits than Connector/C++ can read.
specimen rich(bool widest) {
    specimen in = rich_specimen();
    in.words += std::string{"trailing \0 blank ", 17};
    in.wide = az::decimal::parse(widest ? "1234567890123456789012345678901234567890123456789012345.0123456789"
                                        : "12345678901234567890123456789012345678901234567890.0123456789");
    in.any = az::decimal::parse(widest ? "-12345678901234567890123456789012345.000000000000000000000000000001"
                                       : "-12345678901234567890123456789012.000000000000000000000000000001");
    in.local = az::local_timestamp{std::chrono::local_days{std::chrono::year{1} / 1 / 1} + 1us};
    return in;
}

void check_all(az::connection& c, const std::vector<specimen>& in) {
    for (int round = 0; round < 3; ++round) {
        const auto out = c.scalars(az::select<specimen>().order_by(az::col<&specimen::id>));
        REQUIRE(out.size() == in.size());
        for (std::size_t i = 0; i < in.size(); ++i) {
            check_same(in[i], out[i]);
            CHECK(out[i].any.scale() == in[i].any.normalized().scale());
        }
    }
}

template <class T>
T value_of(az::connection& c, std::string_view sql) {
    const auto query = az::text(sql);
    (void)c.execute(query).scalar<T>();
    return c.execute(query).scalar<T>();
}

}  // namespace

TEST_CASE("mysql types: every C++ type comes back as it went in, one by one and in batches") {
    with_each_driver([](const scratch_database& db) {
        const auto engine = db.open();
        for (const std::size_t rows : {1u, 12u, 230u}) {
            INFO(rows << " rows");
            az::metadata_of<specimen>().drop_all(engine);
            az::metadata_of<specimen>().create_all(engine);
            std::vector<specimen> in;  // plain ones among rich ones: NULL and not NULL, small and large in one column
            for (std::size_t i = 0; i < rows; ++i) in.push_back(i % 3 == 2 ? specimen{} : rich(is_libmariadb(db)));
            auto c = engine.connect();
            if (rows == 1) (void)c.execute(az::insert<specimen>().values(in.front()));
            else CHECK(c.execute(az::insert<specimen>(), in).affected_rows() == static_cast<std::int64_t>(rows));
            check_all(c, in);
            c.execute(az::delete_<specimen>());
            CHECK(c.execute(az::insert<specimen>().returning(az::col<&specimen::id>), in).all().size() == rows);
            check_all(c, in);
        }
    });
}

TEST_CASE("mysql types: columns of one batch may mix what fits them") {
    with_each_driver([](const scratch_database& db) {
        const auto engine = db.open();
        auto c = engine.connect();
        run(c, "CREATE TABLE mixed (id INT PRIMARY KEY, n DECIMAL(30, 5), u BIGINT UNSIGNED, t TEXT)");
        const az::table mixed{"mixed",
                              {az::column("id", az::type_kind::unknown), az::column("n", az::type_kind::unknown),
                               az::column("u", az::type_kind::unknown), az::column("t", az::type_kind::unknown)}};
        const auto insert = az::insert(mixed).columns(mixed["id"], mixed["n"], mixed["u"], mixed["t"]);
        c.execute(insert, std::vector<std::vector<az::value>>{{1, 1.5, std::uint64_t{18446744073709551615u}, "a"},
                                                              {2, az::decimal::parse("2.25"), 7, std::nullopt},
                                                              {3, std::nullopt, std::nullopt, 12}});
        CHECK(text_of(c, "SELECT group_concat(concat_ws(':', id, n, u, t) ORDER BY id SEPARATOR ' ') FROM mixed") ==
              "1:1.50000:18446744073709551615:a 2:2.25000:7 3:12");
    });
}

TEST_CASE("mysql types: types that only MySQL and MariaDB have") {
    with_each_driver([](const scratch_database& db) {
        auto c = db.open().connect();
        run(c,
            "CREATE TABLE own (b1 BIT(1), b8 BIT(8), b64 BIT(64), y YEAR, e ENUM('x', 'y'), s SET('p', 'q'), m MEDIUMINT, mu MEDIUMINT "
            "UNSIGNED, t TINYINT UNSIGNED, ts TIMESTAMP(6) NULL, c CHAR(5), bin BINARY(3), j JSON, d0 DATETIME, f FLOAT)");
        run(c,
            "INSERT INTO own VALUES (1, 200, 18446744073709551615, 2026, 'y', 'p,q', -8388608, 16777215, 255, '2026-01-31 "
            "23:59:59.5', 'ab', X'00ff01', '[1]', '2026-01-31 23:59:59', 0.1)");
        const auto of = [](std::string_view column) { return "SELECT " + std::string{column} + " FROM own"; };
        CHECK(value_of<std::int64_t>(c, of("b1")) == 1);
        CHECK(value_of<bool>(c, of("b1")));
        CHECK(value_of<std::int64_t>(c, of("b8")) == 200);
        CHECK(value_of<std::uint64_t>(c, of("b64")) == std::numeric_limits<std::uint64_t>::max());
        CHECK(value_of<std::int32_t>(c, of("y")) == 2026);
        CHECK(value_of<std::string>(c, of("e")) == "y");
        CHECK(value_of<std::string>(c, of("s")) == "p,q");
        CHECK(value_of<std::int64_t>(c, of("m")) == -8'388'608);
        CHECK(value_of<std::int64_t>(c, of("mu")) == 16'777'215);
        CHECK(value_of<std::uint8_t>(c, of("t")) == 255);
        const az::timestamp moment{std::chrono::sys_days{std::chrono::year{2026} / 1 / 31} + 23h + 59min + 59s + 500ms};
        CHECK(value_of<az::timestamp>(c, of("ts")) == moment);
        CHECK(value_of<std::string>(c, of("c")) == "ab");
        CHECK(value_of<az::bytes>(c, of("bin")) == az::bytes{std::byte{0}, std::byte{255}, std::byte{1}});
        CHECK(value_of<nlohmann::json>(c, of("j")) == nlohmann::json{1});
        CHECK(value_of<az::timestamp>(c, of("d0")) == moment - 500ms);
        CHECK(value_of<float>(c, of("f")) == 0.1f);
        CHECK(value_of<double>(c, of("f")) == static_cast<double>(0.1f));
        CHECK(value_of<az::uuid>(c, "SELECT uuid()") != az::uuid{});
    });
}

TEST_CASE("mysql types: zero dates are refused, or NULL where the URL says so") {
    with_each_driver([](const scratch_database& db) {
        auto strict = db.open().connect();
        run(strict, "CREATE TABLE old (d DATE, t DATETIME)");
        run(strict, "SET sql_mode = 'NO_BACKSLASH_ESCAPES'");
        run(strict, "INSERT INTO old VALUES ('0000-00-00', '0000-00-00 00:00:00'), ('2026-00-01', '2026-01-31')");
        strict.commit();
        const auto zero = [](az::connection& c, std::string_view column) {
            return c.execute(az::text("SELECT " + std::string{column} + " FROM old LIMIT 1"));
        };
        CHECK(contains(thrown<az::data_error>([&] { (void)zero(strict, "d").scalar<az::date>(); }).what(), "zero-dates=null"));
        CHECK(contains(thrown<az::data_error>([&] { (void)zero(strict, "t").scalar<az::local_timestamp>(); }).what(), "zero-dates=null"));
        auto lenient = mysql_tests::open(db.url().with_option("zero-dates", "null")).connect();
        CHECK_FALSE(zero(lenient, "d").scalar<std::optional<az::date>>());
        CHECK_FALSE(zero(lenient, "t").scalar<std::optional<az::local_timestamp>>());
        const auto odd = az::text("SELECT d FROM old WHERE t = '2026-01-31'");
        CHECK(contains(thrown<az::data_error>([&] { (void)lenient.execute(odd).scalar<az::date>(); }).what(), "2026-00-01"));
        // And they cannot be stored by accident.
        thrown<az::data_error>([&] { run(lenient, "INSERT INTO old (d) VALUES ('0000-00-00')"); });
    });
}

TEST_CASE("mysql types: a TIME that is no time of day is refused") {
    with_each_driver([](const scratch_database& db) {
        auto c = db.open().connect();
        for (const char* time : {"-00:00:01", "24:00:00", "838:59:59", "-838:59:59"}) {
            const auto e = thrown<az::data_error>(
                [&] { (void)c.execute(az::text("SELECT CAST('" + std::string{time} + "' AS TIME(6))")).scalar<az::time_of_day>(); });
            CHECK(e.code() == az::errc::value_range);
            CHECK(contains(e.what(), time));
        }
        CHECK(value_of<az::time_of_day>(c, "SELECT CAST('00:00:00' AS TIME)") == az::time_of_day{});
        CHECK(value_of<az::time_of_day>(c, "SELECT CAST('23:59:59.000001' AS TIME(6))") == az::time_of_day{23h, 59min, 59s, 1us});
    });
}

TEST_CASE("mysql types: what no server can keep is refused before it is sent") {
    with_each_driver([](const scratch_database& db) {
        auto c = db.open().connect();
        const auto send = [&](const az::value& v) {
            return thrown<az::data_error>([&] { c.execute(az::text("SELECT :v").bind("v", v)); });
        };
        CHECK(send(std::numeric_limits<double>::quiet_NaN()).code() == az::errc::value_range);
        CHECK(send(std::numeric_limits<double>::infinity()).code() == az::errc::value_range);
        CHECK(contains(send(az::decimal::parse("0.0000000000000000000000000000001")).what(), "31 digits after the point"));
        CHECK(send(std::string{"\xff"}).code() == az::errc::value_format);
        CHECK(send(az::value{az::cell::interval_of({1, 0, 0})}).code() == az::errc::value_range);
        const auto literal = [&] { (void)c.execute(az::select(az::literal(std::numeric_limits<double>::infinity()))); };
        CHECK(thrown<az::data_error>(literal).code() == az::errc::value_range);
        CHECK(number_of(c, "SELECT 1") == 1);
    });
}

TEST_CASE("mysql types: nothing is cut or made up on its way into a column") {
    with_each_driver([](const scratch_database& db) {
        auto c = db.open().connect();
        run(c, "CREATE TABLE narrow (s VARCHAR(3), i TINYINT, d DATE, n DECIMAL(3, 1), e ENUM('a'))");
        const auto refused = [&](std::string_view column, const az::value& v) {
            return thrown<az::data_error>(
                       [&] { c.execute(az::text("INSERT INTO narrow (" + std::string{column} + ") VALUES (:v)").bind("v", v)); })
                .code();
        };
        CHECK(refused("s", "four") == az::errc::truncation);
        CHECK(refused("i", 128) == az::errc::value_range);
        CHECK(refused("i", "x") == az::errc::value_format);
        CHECK(refused("d", "2026-02-30") == az::errc::value_format);
        CHECK(refused("n", 100) == az::errc::value_range);
        CHECK(refused("e", "b") == az::errc::truncation);
        CHECK(number_of(c, "SELECT count(*) FROM narrow") == 0);
    });
}

TEST_CASE("mysql types: values as large as the server takes, and a clear refusal beyond") {
    with_each_driver([](const scratch_database& db) {
        auto c = db.open().connect();
        run(c, "CREATE TABLE large (id INT PRIMARY KEY, b LONGBLOB)");
        const std::uint64_t most = c.server_profile().can.max_value_bytes;
        REQUIRE(most > 20'000'000);
        for (const std::size_t size : {16'777'215u, 16'777'216u, 20'000'000u}) {  // around the protocol's own packets
            az::bytes raw(size, std::byte{7});
            raw.back() = std::byte{9};
            c.execute(az::text("REPLACE INTO large VALUES (1, :b)").bind("b", raw));
            CHECK(c.execute(az::text("SELECT b FROM large")).scalar<az::bytes>() == raw);
        }
        const auto send_too_much = [&] {
            c.execute(az::text("REPLACE INTO large VALUES (1, :b)").bind("b", az::bytes(most + 5000, std::byte{7})));
        };
        CHECK(contains(thrown<az::data_error>(send_too_much).what(), "max_allowed_packet"));
        CHECK(number_of(c, "SELECT length(b) FROM large") == 20'000'000);  // the connection lives
    });
}
