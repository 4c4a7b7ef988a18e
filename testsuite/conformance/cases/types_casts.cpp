// CAST between the families of types, NULL included.
#include "claims.hpp"
#include "expect.hpp"
#include "moments.hpp"
#include "travel.hpp"
#include "types_parts.hpp"

#include <limits>

namespace azoth::conformance {
namespace {

template <class To, class From>
To cast(connection& c, const From& from) {
    return c.scalar(select(bound(from).template as<To>()));
}

void text_and_integers(context& on) {
    connection c = on.connect();
    CHECK(cast<std::int64_t>(c, std::string{"-42"}) == -42);
    CHECK(cast<std::int64_t>(c, std::string{"9223372036854775807"}) == std::numeric_limits<std::int64_t>::max());
    CHECK(cast<std::int32_t>(c, std::string{"7"}) == 7);
    CHECK(cast<std::string>(c, std::int64_t{-42}) == "-42");
    CHECK(cast<std::string>(c, std::numeric_limits<std::int64_t>::min()) == "-9223372036854775808");
    CHECK(cast<std::string>(c, std::int32_t{0}) == "0");
}

void text_and_unsigned(context& on) {
    connection c = on.connect();
    const auto max = std::numeric_limits<std::uint64_t>::max();
    CHECK(cast<std::uint64_t>(c, std::string{"18446744073709551615"}) == max);
    CHECK(cast<std::string>(c, max) == "18446744073709551615");
    CHECK(cast<decimal>(c, max) == decimal::parse("18446744073709551615"));
}

void text_and_decimals(context& on) {
    connection c = on.connect();
    const std::string digits = on.can().wide_decimals ? "12345678901234567890.125" : "123456789.125";
    const decimal n = decimal::parse(digits);
    CHECK(cast<decimal>(c, digits) == n);
    CHECK(cast<decimal>(c, std::string{"-0.5"}) == decimal::parse("-0.5"));
    CHECK(decimal::parse(cast<std::string>(c, n)) == n);
}

void integers_and_decimals(context& on) {
    connection c = on.connect();
    CHECK(cast<decimal>(c, std::int64_t{9'007'199'254'740'993}) == decimal{std::int64_t{9'007'199'254'740'993}});
    CHECK(cast<std::int64_t>(c, decimal::parse("9007199254740993")) == 9'007'199'254'740'993);
}

/// Rounded, not cut off.
void fractions_to_integers(context& on) {
    connection c = on.connect();
    CHECK(cast<std::int64_t>(c, decimal::parse("2.7")) == 3);
    CHECK(cast<std::int64_t>(c, decimal::parse("-2.7")) == -3);
    CHECK(cast<std::int64_t>(c, decimal::parse("2.5")) == 3);
    CHECK(cast<std::int64_t>(c, decimal::parse("2.2")) == 2);
    CHECK(cast<std::int64_t>(c, 2.7) == 3);
    CHECK(cast<std::int64_t>(c, -2.7) == -3);
    CHECK(cast<std::int32_t>(c, 2.2) == 2);
}

void numbers_and_doubles(context& on) {
    connection c = on.connect();
    CHECK(cast<double>(c, std::int64_t{1'000'000}) == 1e6);
    CHECK(cast<double>(c, decimal::parse("15.7563")) == 15.7563);
    CHECK(cast<double>(c, std::string{"-2.5"}) == -2.5);
    CHECK(cast<double>(c, std::string{"1e10"}) == 1e10);
    CHECK(cast<decimal>(c, 0.5) == decimal::parse("0.5"));
    CHECK(decimal::parse(cast<std::string>(c, 2.5)) == decimal::parse("2.5"));
}

void text_and_moments(context& on) {
    connection c = on.connect();
    CHECK(cast<date>(c, std::string{"2024-02-29"}) == day(2024, 2, 29));
    CHECK(cast<std::string>(c, day(2024, 2, 29)) == "2024-02-29");
    const bool is_exact = on.can().microseconds;
    const std::string fraction = is_exact ? ".789012" : ".7890";
    const auto at = clock(12, 34, 56, is_exact ? 789'012 : 789'000);
    CHECK(cast<local_timestamp>(c, "2024-02-29 12:34:56" + fraction) == wall(day(2024, 2, 29), at));
    CHECK(cast<time_of_day>(c, "12:34:56" + fraction) == at);
    CHECK(parse_local_timestamp(cast<std::string>(c, wall(day(2024, 2, 29), at))) == wall(day(2024, 2, 29), at));
}

void parts_of_moments(context& on) {
    connection c = on.connect();
    const auto at = clock(12, 57, 18, 396 * grain(on).count());
    const auto moment = wall(day(2012, 10, 15), at);
    CHECK(cast<date>(c, moment) == day(2012, 10, 15));
    CHECK(cast<time_of_day>(c, moment) == at);
    CHECK(cast<local_timestamp>(c, day(2012, 10, 15)) == wall(day(2012, 10, 15), {}));
}

/// Of a column the same as of a bound value.
void columns_of_moments(context& on) {
    const table t = on.make_table(
        "cast", {column("id", type_kind::integer, primary_key, not_generated), column("moment", type_kind::timestamp, not_null),
                 column("word", string(40), not_null), column("n", numeric(10, 2), not_null)});
    connection c = on.connect();
    const auto moment = wall(day(9999, 12, 31), clock(23, 59, 59, 1'000'000 - grain(on).count()));
    c.execute(insert(t).set(t["id"], 1).set(t["moment"], moment).set(t["word"], "0012").set(t["n"], decimal::parse("99.50")));
    CHECK(c.scalar(select(t.column<local_timestamp>("moment").as<date>())) == day(9999, 12, 31));
    CHECK(c.scalar(select(t.column<std::string>("word").as<std::int64_t>())) == 12);
    CHECK(c.scalar(select(t.column<std::int32_t>("id").as<std::string>() + t.column<std::string>("word"))) == "10012");
    CHECK(c.scalar(select(t.column<decimal>("n").as<std::int64_t>())) == 100);
    const auto word_of = [&](const auto& v) { return c.scalar(select(bound(v).template as<std::string>())); };
    if (on.can().short_double_texts) {
        CHECK(word_of(0.1 + 0.2) == "0.30000000000000004");
        CHECK(word_of(-2.5) == "-2.5");
        CHECK(word_of(100.0) == "100");
    }
    CHECK(word_of(true) + word_of(false) == "10");
    CHECK(c.scalars(select(t["id"]).where(t.column<std::string>("word").as<std::int64_t>() == 12)).size() == 1);
}

void null_stays_null(context& on) {
    connection c = on.connect();
    const auto is_null = [&](const auto& e) { return c.scalar(select(e.is_null())); };
    CHECK(is_null(bound(std::optional<std::string>{}).as<std::int64_t>()) == true);
    CHECK(is_null(bound(std::optional<std::int64_t>{}).as<std::string>()) == true);
    CHECK(is_null(bound(std::optional<std::string>{}).as<date>()) == true);
    CHECK(is_null(bound(std::optional<local_timestamp>{}).as<date>()) == true);
    CHECK(is_null(bound(std::optional<std::int32_t>{}).as<decimal>()) == true);
    CHECK_FALSE(c.scalar(select(bound(std::optional<std::string>{}).as<double>())).has_value());
}

void booleans(context& on) {
    connection c = on.connect();
    CHECK(cast<bool>(c, std::int32_t{1}) == true);
    CHECK(cast<bool>(c, std::int32_t{0}) == false);
    CHECK(cast<std::int32_t>(c, true) == 1);
    CHECK(cast<std::int32_t>(c, false) == 0);
}

template <class To, class From>
void check_refused(connection& c, const From& from) {
    CHECK_THROWS_AS(cast<std::optional<To>>(c, std::optional<From>{from}), data_error);
    c.rollback();
}

void numbers_must_fit(context& on) {
    connection c = on.connect();
    check_refused<std::int64_t>(c, std::string{"99999999999999999999"});
    check_refused<std::int64_t>(c, 1e300);
    check_refused<std::int32_t>(c, std::int64_t{3'000'000'000});
    if (on.can().wide_decimals) check_refused<std::uint64_t>(c, std::int64_t{-1});
    CHECK(cast<std::int64_t>(c, std::string{"9"}) == 9);
}

void texts_must_be_of_the_type(context& on) {
    connection c = on.connect();
    check_refused<std::int64_t>(c, std::string{"12 apples"});
    check_refused<std::int64_t>(c, std::string{""});
    check_refused<double>(c, std::string{"1.5x"});
    check_refused<decimal>(c, std::string{"1.5x"});
    check_refused<date>(c, std::string{"2023-02-30"});
    check_refused<local_timestamp>(c, std::string{"yesterday, late"});
    CHECK(cast<std::int64_t>(c, std::string{"12"}) == 12);
}

}  // namespace

std::vector<test_case> areas::types_parts::casts() {
    return {
        {"types/cast-text-integer", "text becomes an integer, and an integer text", {}, &text_and_integers},
        {"types/cast-text-unsigned", "the largest unsigned integer casts from and to text and decimal", claims::wide_decimals,
         &text_and_unsigned},
        {"types/cast-text-numeric", "text becomes a decimal, and a decimal text, digit by digit", {}, &text_and_decimals},
        {"types/cast-integer-numeric", "integers and decimals cast exactly", {}, &integers_and_decimals},
        {"types/cast-fraction-integer", "a fraction is rounded to an integer", {}, &fractions_to_integers},
        {"types/cast-number-double", "numbers and texts become doubles, and doubles decimals", {}, &numbers_and_doubles},
        {"types/cast-text-moment", "text becomes dates, times and timestamps, and they text", {}, &text_and_moments},
        {"types/cast-timestamp-parts", "a timestamp casts to its date and time, a date to its midnight", {}, &parts_of_moments},
        {"types/cast-columns", "columns cast as bound values do", {}, &columns_of_moments},
        {"types/cast-null", "NULL of any type stays NULL", {}, &null_stays_null},
        {"types/cast-unfitting-number", "a cast of a number that does not fit is an error", claims::strict_casts, &numbers_must_fit},
        {"types/cast-unfitting-text", "a cast of a text that is no such number or moment is an error", claims::strict_casts,
         &texts_must_be_of_the_type},
        {"types/cast-boolean", "booleans are 1 and 0 as integers, and back", {}, &booleans},
    };
}

}  // namespace azoth::conformance
