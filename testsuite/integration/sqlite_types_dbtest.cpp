#include "sqlite_support.hpp"

#include <support/specimen.hpp>

#include <cmath>
#include <limits>

using namespace sqlite_tests;
using namespace support;
using namespace std::chrono_literals;

namespace {

/// What comes back of an object that goes in.
specimen round_trip(const specimen& in) {
    const auto engine = open("sqlite://");
    az::metadata_of<specimen>().create_all(engine);
    auto c = engine.connect();
    (void)c.execute(az::insert<specimen>().values(in));
    return std::get<0>(c.execute(az::select<specimen>()).one());
}

}  // namespace

TEST_CASE("sqlite: every C++ type comes back as it went in") {
    for (const specimen& in : {specimen{}, rich_specimen()}) {
        const specimen out = round_trip(in);
        CHECK(out.id == 1);
        check_same(in, out);
    }
}

TEST_CASE("sqlite: the edges of every type, and NULL") {
    specimen in;
    in.small = std::numeric_limits<std::int16_t>::min();
    in.medium = std::numeric_limits<std::int32_t>::min();
    in.large = std::numeric_limits<std::int64_t>::min();
    in.unsigned_large = std::numeric_limits<std::uint64_t>::max();
    in.single = std::numeric_limits<float>::denorm_min();
    in.precise = -std::numeric_limits<double>::infinity();
    in.narrow = az::decimal::parse("-99999999999.9999");
    in.any = az::decimal::parse("99999999999999999999999999999999999999999999999999999999999999999");
    in.day = std::chrono::year{9999} / 12 / 31;
    in.local = az::local_timestamp{std::chrono::local_days{std::chrono::year{1} / 1 / 1}};
    in.span = std::chrono::microseconds::max();
    in.document = "just text";

    const specimen out = round_trip(in);
    CHECK(out.small == in.small);
    CHECK(out.medium == in.medium);
    CHECK(out.large == in.large);
    CHECK(out.unsigned_large == in.unsigned_large);
    CHECK(out.single == in.single);
    CHECK(out.precise == in.precise);
    CHECK(out.words.empty());
    CHECK(out.raw.empty());
    CHECK(out.narrow == in.narrow);
    CHECK(out.any == in.any);
    CHECK(out.day == in.day);
    CHECK(out.local == in.local);
    CHECK(out.span == in.span);
    CHECK(out.document == in.document);
    CHECK_FALSE(out.maybe_words.has_value());
    CHECK_FALSE(out.maybe_unsigned.has_value());
    CHECK_FALSE(out.maybe_decimal.has_value());
    CHECK_FALSE(out.maybe_instant.has_value());
}

TEST_CASE("sqlite: the stored forms") {
    specimen in;
    in.flag = true;
    in.unsigned_large = 7;
    in.narrow = az::decimal::parse("10.50");
    in.wide = az::decimal::parse("10.50");
    in.clock = az::time_of_day{1h, 2min};
    in.instant = az::timestamp{1us};
    in.span = 90s;
    in.document = 1.5;
    const auto engine = open("sqlite://");
    az::metadata_of<specimen>().create_all(engine);
    auto c = engine.connect();
    (void)c.execute(az::insert<specimen>().values(in));
    const auto stored = [&](std::string_view column) {
        return text_of(c, "SELECT typeof(" + std::string{column} + ") || ' ' || " + std::string{column} + " FROM specimen");
    };
    CHECK(stored("flag") == "integer 1");
    CHECK(stored("unsigned_large") == "text 7");
    CHECK(stored("narrow") == "real 10.5");
    CHECK(stored("wide") == "text 10.50");
    CHECK(stored("day") == "text 0001-01-01");
    CHECK(stored("clock") == "text 01:02:00.000000");
    CHECK(stored("local") == "text 1970-01-01 00:00:00.000000");
    CHECK(stored("instant") == "text 1970-01-01 00:00:00.000001Z");
    CHECK(stored("span") == "integer 90000000");
    CHECK(stored("key") == "text 00000000-0000-0000-0000-000000000000");
    CHECK(stored("document") == "text 1.5");
    CHECK(stored("shade") == "text red");
    CHECK(stored("grade") == "integer 1");
    CHECK(text_of(c, "SELECT typeof(raw) FROM specimen") == "blob");
}

TEST_CASE("sqlite: unsigned integers of 64 bits order, compare and add up") {
    const auto engine = open("sqlite://");
    az::metadata_of<specimen>().create_all(engine);
    auto c = engine.connect();
    constexpr std::uint64_t top = 1ull << 63;
    const std::vector<std::uint64_t> in{top, 0, std::numeric_limits<std::uint64_t>::max(), 9, top - 1, 10};
    for (const auto v : in) {
        specimen s;
        s.unsigned_large = v;
        (void)c.execute(az::insert<specimen>().values(s));
    }
    constexpr auto column = az::col<&specimen::unsigned_large>;
    CHECK(c.scalars(az::select(column).order_by(column)) ==
          std::vector<std::uint64_t>{0, 9, 10, top - 1, top, std::numeric_limits<std::uint64_t>::max()});
    CHECK(c.scalars(az::select(column).where(column > top - 1).order_by(column.desc())) ==
          std::vector<std::uint64_t>{std::numeric_limits<std::uint64_t>::max(), top});
    CHECK(c.scalar(az::select(az::func::count()).where(column == std::uint64_t{9})) == 1);
    CHECK(c.scalar(az::select(az::func::count()).where(column > 9)) == 4);
    CHECK(c.scalar(az::select(az::func::max(column))) == std::numeric_limits<std::uint64_t>::max());
    CHECK(c.scalar(az::select(az::func::min(column))) == 0);
    CHECK(c.scalar(az::select(az::func::sum(column)).where(column < top)) == top - 1 + 19);
    CHECK(c.scalar(az::select(column + std::uint64_t{1}).where(column == top)) == top + 1);
    CHECK(c.scalars(az::select(column).where(column.in({std::uint64_t{0}, top})).order_by(column)) == std::vector<std::uint64_t>{0, top});
    CHECK(c.scalar(az::select(az::func::count()).where(column.between(std::uint64_t{9}, top))) == 4);
    const auto e = thrown<az::data_error>([&] { (void)c.scalar(az::select(az::func::sum(column))); });
    CHECK(e.code() == az::errc::value_range);
}

TEST_CASE("sqlite: values that do not fit are refused, whichever way they go") {
    const auto engine = open("sqlite://");
    az::metadata_of<specimen>().create_all(engine);
    auto c = engine.connect();

    specimen nan;
    nan.precise = std::nan("");
    CHECK(thrown<az::data_error>([&] { (void)c.execute(az::insert<specimen>().values(nan)); }).code() == az::errc::value_range);

    specimen no_text;
    no_text.words = "\xff\xfe";
    CHECK(thrown<az::data_error>([&] { (void)c.execute(az::insert<specimen>().values(no_text)); }).code() == az::errc::value_format);

    specimen too_wide;
    too_wide.narrow = az::decimal::parse("1234567890123456.7");
    const auto e = thrown<az::data_error>([&] { (void)c.execute(az::insert<specimen>().values(too_wide)); });
    CHECK(e.code() == az::errc::value_range);
    CHECK(contains(e.message(), "1234567890123456.7"));

    CHECK(thrown<az::data_error>([&] { (void)c.execute(az::text("SELECT 70000")).scalar<std::int16_t>(); }).code() ==
          az::errc::value_range);
    CHECK(thrown<az::data_error>([&] { (void)c.execute(az::text("SELECT -1")).scalar<std::uint64_t>(); }).code() == az::errc::value_range);
    CHECK(thrown<az::data_error>([&] { (void)c.execute(az::text("SELECT 2")).scalar<bool>(); }).code() == az::errc::value_range);
    CHECK(thrown<az::data_error>([&] { (void)c.execute(az::text("SELECT NULL")).scalar<std::string>(); }).code() == az::errc::null_value);
    CHECK(thrown<az::data_error>([&] { (void)c.execute(az::text("SELECT 'tomorrow'")).scalar<az::date>(); }).code() ==
          az::errc::value_format);
    CHECK(thrown<az::data_error>([&] {
              (void)c.execute(az::text("SELECT sum(9223372036854775807) FROM (SELECT 1 UNION ALL SELECT 2)")).scalar<std::int64_t>();
          }).code() == az::errc::value_range);
    CHECK(number_of(c, "SELECT count(*) FROM specimen") == 0);
}

TEST_CASE("sqlite: division and casts give what they give elsewhere") {
    const auto engine = open("sqlite://");
    az::metadata_of<specimen>().create_all(engine);
    auto c = engine.connect();
    specimen s;
    s.medium = 7;
    s.precise = 2.5;
    s.flag = true;
    s.any = az::decimal::parse("12.75");
    s.day = std::chrono::year{2024} / 5 / 17;
    s.instant = az::timestamp{std::chrono::sys_days{std::chrono::year{2024} / 5 / 17} + 23h + 59min + 59s + 999'999us};
    (void)c.execute(az::insert<specimen>().values(s));

    CHECK(c.scalar(az::select(az::col<&specimen::medium> / 2)) == 3.5);
    CHECK(c.scalar(az::select(az::col<&specimen::medium> % 4)) == 3);
    CHECK(c.scalar(az::select(az::col<&specimen::precise> % 2.0)) == 0.5);
    CHECK(c.scalar(az::select(az::col<&specimen::precise>.as<std::int64_t>())) == 2);  // halves to the even one, as elsewhere
    CHECK(c.scalar(az::select(az::col<&specimen::any>.as<std::int64_t>())) == 13);
    CHECK(c.scalar(az::select(az::col<&specimen::any>.as<std::string>())) == "12.75");
    CHECK(c.scalar(az::select(az::col<&specimen::medium>.as<std::string>())) == "7");
    CHECK(c.scalar(az::select(az::col<&specimen::medium>.as<az::decimal>())) == az::decimal{7});
    CHECK(c.scalar(az::select(az::col<&specimen::medium>.as<bool>())));
    CHECK(c.scalar(az::select(az::col<&specimen::instant>.as<az::date>())) == s.day);
    CHECK(c.scalar(az::select(az::col<&specimen::instant>.as<az::time_of_day>())) == az::time_of_day{23h, 59min, 59s, 999'999us});
    CHECK(c.scalar(az::select(az::col<&specimen::day>.as<az::timestamp>())) ==
          az::timestamp{std::chrono::sys_days{std::chrono::year{2024} / 5 / 17}});
    CHECK(c.scalar(az::select(az::func::count()).where(az::col<&specimen::maybe_words>.is_distinct_from("x"))) == 1);
    CHECK(c.scalar(az::select(az::func::char_length(az::col<&specimen::words>))) == 0);
    CHECK(c.scalars(az::select(az::col<&specimen::id>).offset(0)) == std::vector<std::int64_t>{1});
}
