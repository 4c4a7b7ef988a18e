#include "postgresql_support.hpp"

#include <support/specimen.hpp>

#include <cmath>
#include <limits>
#include <random>

using namespace postgresql_tests;
using namespace support;
using namespace std::chrono_literals;

namespace {

void check_all(az::connection& c, const specimen& in, std::size_t rows) {
    for (int round = 0; round < 3; ++round) {  // unprepared, prepared, prepared with rows in binary form
        const auto out = c.scalars(az::select<specimen>());
        REQUIRE(out.size() == rows);
        for (const auto& one : out) {
            check_same(in, one);
            CHECK(one.any.scale() == in.any.scale());
        }
    }
}

}  // namespace

TEST_CASE("postgresql types: every C++ type comes back as it went in, by every way in and out") {
    const auto on = server();
    if (!on) return;
    for (const specimen& in : {specimen{}, rich_specimen()}) {
        for (const std::size_t rows : {1u, 7u, 130u}) {
            INFO(rows << " rows");
            const scratch_schema scratch{*on};
            const auto engine = open(scratch.url());
            az::metadata_of<specimen>().create_all(engine);
            auto c = engine.connect();
            if (rows == 1) (void)c.execute(az::insert<specimen>().values(in));
            else
                CHECK(c.execute(az::insert<specimen>(), std::vector<specimen>(rows, in)).affected_rows() ==
                      static_cast<std::int64_t>(rows));
            check_all(c, in, rows);
            c.execute(az::delete_<specimen>());
            CHECK(c.execute(az::insert<specimen>().returning(az::col<&specimen::id>), std::vector<specimen>(rows, in)).all().size() ==
                  rows);
            check_all(c, in, rows);
        }
    }
}

TEST_CASE("postgresql types: the columns' own types") {
    const auto on = server();
    if (!on) return;
    const scratch_schema scratch{*on};
    const auto engine = open(scratch.url());
    az::metadata_of<specimen>().create_all(engine);
    auto c = engine.connect();
    const auto type_of = [&](std::string_view column) {
        return c
            .execute(az::text("SELECT format_type(atttypid, atttypmod) FROM pg_attribute WHERE attrelid = 'specimen'::regclass AND "
                              "attname = :name")
                         .bind("name", std::string{column}))
            .scalar<std::string>();
    };
    CHECK(type_of("id") == "bigint");
    CHECK(type_of("flag") == "boolean");
    CHECK(type_of("unsigned_small") == "integer");
    CHECK(type_of("unsigned_medium") == "bigint");
    CHECK(type_of("unsigned_large") == "numeric(20,0)");
    CHECK(type_of("single") == "real");
    CHECK(type_of("words") == "text");
    CHECK(type_of("few") == "character varying(20)");
    CHECK(type_of("raw") == "bytea");
    CHECK(type_of("narrow") == "numeric(15,4)");
    CHECK(type_of("any") == "numeric");
    CHECK(type_of("instant") == "timestamp with time zone");
    CHECK(type_of("span") == "interval");
    CHECK(type_of("key") == "uuid");
    CHECK(type_of("document") == "jsonb");
    CHECK(type_of("shade") == "character varying(5)");
    CHECK(type_of("numbers") == "integer[]");
    CHECK(type_of("tags") == "text[]");
}

TEST_CASE("postgresql types: literals and bound values mean the same") {
    const auto on = server();
    if (!on) return;
    auto c = open(*on).connect();
    const auto check = [&](const auto& v) {
        INFO("value " << az::describe(az::value{v}.view()));
        const auto same = az::select(az::literal(v) == az::bound(v), az::literal(v), az::bound(v));
        for (int i = 0; i < 3; ++i) {
            const auto row = c.execute(same).one();
            CHECK(std::get<0>(row));
            CHECK(std::get<1>(row) == v);
            CHECK(std::get<2>(row) == v);
        }
    };
    const specimen in = rich_specimen();
    check(true);
    check(false);
    check(in.small);
    check(in.medium);
    check(std::numeric_limits<std::int32_t>::min());
    check(in.large);
    check(std::numeric_limits<std::int64_t>::max());
    check(in.unsigned_large);
    check(in.single);
    check(in.precise);
    check(-1e300);
    check(std::numeric_limits<double>::denorm_min());
    check(std::numeric_limits<double>::infinity());
    check(in.words);
    check(std::string{});
    check(in.raw);
    check(az::bytes{});
    check(in.wide);
    check(in.any);
    check(in.day);
    check(in.clock);
    check(in.local);
    check(in.instant);
    check(in.span);
    check(in.key);
    check(in.document);
    const auto nan = c.execute(az::select(az::literal(std::nan("")), az::bound(std::nan("")))).one();
    CHECK(std::isnan(std::get<0>(nan)));
    CHECK(std::isnan(std::get<1>(nan)));
    // A literal has its type: 32-bit integers would overflow here.
    CHECK(c.scalar(az::select(az::literal(std::int64_t{2'000'000'000}) + az::literal(std::int64_t{2'000'000'000}))) == 4'000'000'000);
    // Decimals are no integers, even without a point.
    const auto same_sums = [&](const auto& x, const auto& y) {
        INFO(az::describe(az::value{x}.view()) << " and " << az::describe(az::value{y}.view()));
        const auto row = c.execute(az::select(az::literal(x) / az::literal(y), az::bound(x) / az::bound(y), az::literal(x) + az::literal(x),
                                              az::bound(x) + az::bound(x), az::literal(x) * az::literal(y), az::bound(x) * az::bound(y)))
                             .one();
        CHECK(std::get<0>(row) == std::get<1>(row));
        CHECK(std::get<2>(row) == std::get<3>(row));
        CHECK(std::get<4>(row) == std::get<5>(row));
    };
    same_sums(az::decimal::parse("5"), az::decimal::parse("2"));
    same_sums(az::decimal::parse("2000000000"), az::decimal::parse("-2"));
    same_sums(az::decimal::parse("-1.5"), az::decimal::parse("3"));
    same_sums(std::uint64_t{2'000'000'000}, std::uint64_t{2});
    same_sums(std::uint64_t{3'000'000'000}, std::uint64_t{5});
    CHECK(c.scalar(az::select(az::literal(az::decimal::parse("5")) / az::literal(az::decimal::parse("2")))) == az::decimal::parse("2.5"));
}

TEST_CASE("postgresql types: remainders of floating-point numbers have all their digits") {
    const auto on = server();
    if (!on) return;
    auto c = open(*on).connect();
    CHECK(c.scalar(az::select(az::bound(1234567890123456.0) % az::bound(10.0))) == 6.0);
    CHECK(c.scalar(az::select(az::bound(9007199254740991.0) % az::bound(-1000.0))) == std::fmod(9007199254740991.0, -1000.0));
    CHECK(c.scalar(az::select(az::bound(-5.5) % az::bound(2.0))) == -1.5);
    CHECK(static_cast<double>(c.scalar(az::select(az::bound(123456789.0F) % az::bound(10.0F)))) == 2.0);  // it is 123456792
    CHECK(c.scalar(az::select(az::bound(1234567890123456.0) % az::bound(std::int64_t{10}))) == 6.0);
}

TEST_CASE("postgresql types: the one-byte \"char\" reads the same in every form") {
    const auto on = server();
    if (!on) return;
    auto c = open(*on).connect();
    for (const auto& read : both_ways<std::string>(c, "SELECT ''::\"char\"")) CHECK(read.empty());
    for (const auto& read : both_ways<std::string>(c, "SELECT 'd'::\"char\"")) CHECK(read == "d");
}

TEST_CASE("postgresql types: decimals are exact to 65 digits, in text and in binary form") {
    const auto on = server();
    if (!on) return;
    auto c = open(*on).connect();
    std::mt19937 random{65};
    for (int i = 0; i < 300; ++i) {
        std::string digits;
        const auto size = 1 + random() % 65;
        for (std::size_t k = 0; k < size; ++k) digits += static_cast<char>('0' + (random() % 3 == 0 ? random() % 10 : 0));
        const auto point = random() % (size + 1);
        std::string text = (random() % 2 == 0 ? "-" : "") + (point == 0 ? "0" : digits.substr(0, point));
        if (point < size) text += "." + digits.substr(point);
        INFO(text);
        const auto expected = az::decimal::parse(text);
        // Half of the columns are integers, so that the prepared statement's rows come in binary form.
        const auto query = az::text("SELECT CAST(:a AS numeric), 1, ARRAY[CAST(:a AS numeric)]").bind("a", expected);
        for (int form = 0; form < 3; ++form) {
            auto rows = c.execute(query);
            REQUIRE(rows.next());
            REQUIRE(rows.get<az::decimal>(0) == expected);
            REQUIRE(rows.get<az::decimal>(0).scale() == expected.scale());
            REQUIRE(rows.get<std::vector<az::decimal>>(2).front() == expected);
        }
    }
}

TEST_CASE("postgresql types: numbers that are none") {
    const auto on = server();
    if (!on) return;
    auto c = open(*on).connect();
    for (const double d : both_ways<double>(c, "SELECT CAST('NaN' AS float8)")) CHECK(std::isnan(d));
    for (const double d : both_ways<double>(c, "SELECT CAST('-Infinity' AS float8)")) CHECK(d == -std::numeric_limits<double>::infinity());
    for (const float f : both_ways<float>(c, "SELECT CAST('Infinity' AS float4)")) CHECK(f == std::numeric_limits<float>::infinity());
    for (const double d : both_ways<double>(c, "SELECT CAST('NaN' AS numeric)")) CHECK(std::isnan(d));
    CHECK(thrown<az::data_error>([&] { both_ways<az::decimal>(c, "SELECT CAST('NaN' AS numeric)"); }).code() == az::errc::value_range);
}

TEST_CASE("postgresql types: moments") {
    const auto on = server();
    if (!on) return;
    auto c = open(*on).connect();
    const az::timestamp noon{std::chrono::sys_days{std::chrono::year{2026} / 7 / 1} + 10h};
    // The session's own zone does not matter: the offset is read.
    run(c, "SET timezone = 'Asia/Kolkata'");
    for (const auto& t : both_ways<az::timestamp>(c, "SELECT timestamptz '2026-07-01 12:00:00+02'")) CHECK(t == noon);
    run(c, "SET timezone = 'Europe/Amsterdam'");  // minutes and seconds east, long ago
    for (const auto& t : both_ways<az::timestamp>(c, "SELECT timestamptz '1800-01-01 00:00:00+00'"))
        CHECK(t == az::timestamp{std::chrono::sys_days{std::chrono::year{1800} / 1 / 1}});
    run(c, "SET timezone = 'UTC'");
    for (const auto& t : both_ways<az::local_timestamp>(c, "SELECT timestamp '0001-01-01 00:00:00.000001'"))
        CHECK(t.time_since_epoch() == std::chrono::sys_days{std::chrono::year{1} / 1 / 1}.time_since_epoch() + 1us);
    for (const auto& d : both_ways<az::date>(c, "SELECT date '9999-12-31'")) CHECK(d == std::chrono::year{9999} / 12 / 31);
    for (const auto& t : both_ways<az::time_of_day>(c, "SELECT time '04:05:06.7'")) CHECK(t.since_midnight == 4h + 5min + 6s + 700ms);
    for (const char* bad : {"date 'infinity'", "timestamp '-infinity'", "timestamptz 'infinity'", "date '0044-03-15 BC'",
                            "timestamp '20000-01-01'", "time '24:00'"}) {
        INFO(bad);
        const std::string sql = std::string{"SELECT "} + bad;
        for (int i = 0; i < 3; ++i) {
            const auto e = thrown<az::data_error>([&] {
                if (contains(bad, "tz")) (void)c.execute(az::text(sql)).scalar<az::timestamp>();
                else if (contains(bad, "stamp")) (void)c.execute(az::text(sql)).scalar<az::local_timestamp>();
                else if (contains(bad, "time")) (void)c.execute(az::text(sql)).scalar<az::time_of_day>();
                else (void)c.execute(az::text(sql)).scalar<az::date>();
            });
            CHECK(e.code() == az::errc::value_range);
        }
    }
    CHECK(number_of(c, "SELECT 1") == 1);  // and the connection lives on
}

TEST_CASE("postgresql types: intervals keep months, days and microseconds apart") {
    const auto on = server();
    if (!on) return;
    auto c = open(*on).connect();
    const auto parts = [&](std::string_view sql) {
        std::vector<az::interval_parts> found;
        const auto query = az::text(sql);
        for (int i = 0; i < 3; ++i) {
            auto rows = c.execute(query);
            REQUIRE(rows.next());
            REQUIRE(rows.cells()[0].tag == az::cell_tag::interval);
            found.push_back(rows.cells()[0].interval);
        }
        return found;
    };
    for (const auto& p : parts("SELECT interval '-1 year -2 months +3 days -04:05:06.789'"))
        CHECK(p == az::interval_parts{-14, 3, -(4 * 3600 + 5 * 60 + 6) * 1'000'000LL - 789'000});
    for (const auto& p : parts("SELECT interval '0'")) CHECK(p == az::interval_parts{0, 0, 0});
    for (const auto& p : parts("SELECT interval '1 mon 100000 days 200000:00:00.000001'"))
        CHECK(p == az::interval_parts{1, 100'000, 200'000 * 3'600'000'000LL + 1});
    // They go the same way in: PostgreSQL compares what it got.
    for (const char* text : {"-14 mons 3 days -4:05:06.789", "5 mons -6 days 7 microseconds", "-0.000001 s"}) {
        const auto p = parts(std::string{"SELECT interval '"} + text + "'").front();
        const az::value bound{az::cell::interval_of(p)};
        CHECK(c.execute(az::text(std::string{"SELECT CAST(:i AS interval) = interval '"} + text +
                                 "' AND CAST(:i AS interval)::text = interval '" + text + "'::text"),
                        {{"i", bound}})
                  .scalar<bool>());
    }
    CHECK_THROWS_AS(both_ways<std::chrono::microseconds>(c, "SELECT interval '1 month'"), az::data_error);
}

TEST_CASE("postgresql types: arrays") {
    const auto on = server();
    if (!on) return;
    auto c = open(*on).connect();
    using strings = std::vector<std::string>;
    for (const auto& a : both_ways<strings>(c, R"(SELECT ARRAY['a', 'b,c', 'NULL', '"', '\', '', ' x ', '{}', 'ä'])"))
        CHECK(a == strings{"a", "b,c", "NULL", "\"", "\\", "", " x ", "{}", "ä"});
    for (const auto& a : both_ways<std::vector<std::optional<std::int64_t>>>(c, "SELECT ARRAY[1, NULL, -3]::int8[]"))
        CHECK(a == std::vector<std::optional<std::int64_t>>{1, std::nullopt, -3});
    for (const auto& a : both_ways<std::vector<std::int16_t>>(c, "SELECT '{}'::int2[]")) CHECK(a.empty());
    for (const auto& a : both_ways<std::vector<bool>>(c, "SELECT ARRAY[true, false]")) CHECK(a == std::vector<bool>{true, false});
    for (const auto& a : both_ways<std::vector<double>>(c, "SELECT ARRAY[0.1, 1e300, 2]::float8[]"))
        CHECK(a == std::vector<double>{0.1, 1e300, 2});
    for (const auto& a : both_ways<std::vector<az::decimal>>(c, "SELECT ARRAY[1.50, 12345678901234567890123456789.1]"))
        CHECK(to_string(a.at(0)) + " " + to_string(a.at(1)) == "1.50 12345678901234567890123456789.1");
    for (const auto& a : both_ways<std::vector<az::uuid>>(c, "SELECT ARRAY['123e4567-e89b-12d3-a456-426614174000'::uuid]"))
        CHECK(to_string(a.at(0)) == "123e4567-e89b-12d3-a456-426614174000");
    for (const auto& a : both_ways<std::vector<az::date>>(c, "SELECT ARRAY[date '2026-01-31']"))
        CHECK(a.at(0) == std::chrono::year{2026} / 1 / 31);
    CHECK(c.scalar(az::select(az::bound(strings{"x", "y\"z"}))) == strings{"x", "y\"z"});
    CHECK(c.execute(az::text("SELECT 2 = ANY(:a)").bind("a", std::vector<std::int32_t>{1, 2})).scalar<bool>());
    for (const char* sql : {"SELECT ARRAY[[1, 2], [3, 4]]", "SELECT '[0:1]={1,2}'::int4[]"})
        CHECK(thrown<az::not_supported_error>([&] { both_ways<std::vector<int>>(c, sql); }).code() == az::errc::not_supported);
    CHECK(number_of(c, "SELECT 1") == 1);
}

TEST_CASE("postgresql types: what Azoth has no type for comes and goes as text") {
    const auto on = server();
    if (!on) return;
    const scratch_schema scratch{*on};
    auto c = open(scratch.url()).connect();
    run(c, "CREATE TYPE mood AS ENUM ('sad', 'happy')");
    run(c, "CREATE TABLE odd (m mood, i inet, c cidr, r int4range, x xml, b bit(3), t timetz, p point, n money)");
    const auto add = az::text("INSERT INTO odd (m, i, c, r) VALUES (:m, :i, :c, :r)")
                         .bind("m", "happy")
                         .bind("i", "192.168.0.1/24")
                         .bind("c", "10.0.0.0/8")
                         .bind("r", "[1,5)");
    for (int i = 0; i < 3; ++i) (void)c.execute(add);
    for (const char* column : {"m", "i", "c", "r"}) {
        const auto all = c.execute(az::text(std::string{"SELECT DISTINCT "} + column + "::text FROM odd")).scalar<std::string>();
        for (const auto& s : both_ways<std::string>(c, std::string{"SELECT "} + column + " FROM odd LIMIT 1")) CHECK(s == all);
    }
    const auto happy = az::text("SELECT count(*) FROM odd WHERE m = :m AND i << :net").bind("m", "happy").bind("net", "192.168.0.0/16");
    for (int i = 0; i < 3; ++i) CHECK(c.execute(happy).scalar<std::int64_t>() == 3);
    for (const auto& s : both_ways<std::string>(c, "SELECT 'a'::\"char\"")) CHECK(s == "a");
    for (const auto& s : both_ways<std::string>(c, "SELECT current_database()")) CHECK(s == on->database());
    for (const auto& s : both_ways<std::string>(c, "SELECT '{happy,sad}'::mood[]")) CHECK(s == "{happy,sad}");
    for (const auto& s : both_ways<nlohmann::json>(c, R"(SELECT '{"a": [1]}'::json)")) CHECK(s == nlohmann::json{{"a", {1}}});
    CHECK(number_of(c, "SELECT 'odd'::regclass::oid::int8") > 0);
    for (const auto n : both_ways<std::int64_t>(c, "SELECT 4294967295::oid")) CHECK(n == 4294967295);
}

TEST_CASE("postgresql types: what its texts cannot hold is refused before it is sent") {
    const auto on = server();
    if (!on) return;
    const scratch_schema scratch{*on};
    const auto engine = open(scratch.url());
    auto c = engine.connect();
    run(c, "CREATE TABLE words (id bigint GENERATED BY DEFAULT AS IDENTITY, w text)");
    const auto nul = az::text("SELECT :w").bind("w", std::string{"a\0b", 3});
    CHECK(contains(thrown<az::data_error>([&] { (void)c.execute(nul); }).message(), "NUL"));
    const auto broken = az::text("SELECT :w").bind("w", "\xff");
    CHECK(contains(thrown<az::data_error>([&] { (void)c.execute(broken); }).message(), "UTF-8"));
    CHECK(c.in_transaction());
    CHECK(number_of(c, "SELECT 1") == 1);  // the transaction goes on
    const az::table words{"words", {az::column("w", az::type_kind::text)}};
    for (const std::size_t rows : {1u, 60u}) {
        for (const char* bad : {"\xff", "a"}) {
            std::vector<std::vector<az::value>> values(rows, {"good"});
            values.back() = {*bad == 'a' ? std::string{"a\0b", 3} : std::string{bad}};
            CHECK(thrown<az::data_error>([&] { c.execute(az::insert(words).columns(words["w"]), values); }).code() ==
                  az::errc::value_format);
            CHECK(number_of(c, "SELECT count(*) FROM words") == 0);
        }
    }
    CHECK(thrown<az::data_error>([&] { (void)c.execute(az::text("SELECT CAST(:j AS jsonb)").bind("j", R"("\u0000")")); }).sqlstate() ==
          "22P05");
}
