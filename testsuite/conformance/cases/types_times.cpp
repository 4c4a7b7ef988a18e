// Dates, times of day, timestamps with and without zone, intervals.
#include "claims.hpp"
#include "moments.hpp"
#include "travel.hpp"
#include "types_parts.hpp"

namespace azoth::conformance::own_types {

/// A type of the program's own, kept as a date.
struct birthday {
    date when{};
    friend bool operator==(const birthday&, const birthday&) = default;
};

}  // namespace azoth::conformance::own_types

template <>
struct azoth::value_traits<azoth::conformance::own_types::birthday>
    : azoth::stored_as<azoth::conformance::own_types::birthday, azoth::date> {
    static azoth::date to_stored(const azoth::conformance::own_types::birthday& from) { return from.when; }
    static azoth::conformance::own_types::birthday from_stored(const azoth::date& from) { return {from}; }
};

namespace azoth::conformance {
namespace {

using namespace std::chrono_literals;
using own_types::birthday;

struct as_date {
    using type = date;
    static constexpr std::string_view stem = "date";
    static std::vector<date> samples() {
        return {day(2012, 10, 15), day(1970, 1, 1), day(1969, 12, 31), day(2024, 2, 29), day(2038, 1, 20)};
    }
};

struct as_historic_date {
    using type = date;
    static constexpr std::string_view stem = "historic_date";
    static std::vector<date> samples() {
        return {day(1727, 4, 1), day(1582, 10, 4), day(1582, 10, 10), day(1582, 10, 15), day(1500, 2, 28), day(800, 12, 25)};
    }
};

struct as_time {
    using type = time_of_day;
    static constexpr std::string_view stem = "time";
    static std::vector<time_of_day> samples() { return {clock(12, 57, 18), clock(0, 0, 0), clock(23, 59, 59), clock(0, 0, 1)}; }
};

struct as_exact_time {
    using type = time_of_day;
    static constexpr std::string_view stem = "exact_time";
    static std::vector<time_of_day> samples() {
        return {clock(12, 57, 18, 396), clock(0, 0, 0, 1), clock(9, 8, 7, 600'000), clock(1, 2, 3, 45'670)};
    }
};

struct as_timestamp {
    using type = local_timestamp;
    static constexpr std::string_view stem = "timestamp";
    static std::vector<local_timestamp> samples() {
        return {wall(day(2012, 10, 15), clock(12, 57, 18)), wall(day(1970, 1, 1), {}), wall(day(1969, 12, 31), clock(23, 59, 59)),
                wall(day(2024, 2, 29), clock(0, 0, 0)), wall(day(2038, 1, 20), clock(3, 14, 8))};
    }
};

struct as_exact_timestamp {
    using type = local_timestamp;
    static constexpr std::string_view stem = "exact_timestamp";
    static std::vector<local_timestamp> samples() {
        return {wall(day(2012, 10, 15), clock(12, 57, 18, 396)), wall(day(1969, 12, 31), clock(23, 59, 59, 999'999)),
                wall(day(2026, 7, 1), clock(0, 0, 0, 1)), wall(day(2012, 10, 15), clock(12, 57, 18, 500'000))};
    }
};

struct as_historic_timestamp {
    using type = local_timestamp;
    static constexpr std::string_view stem = "historic_timestamp";
    static std::vector<local_timestamp> samples(context& on) {
        return {wall(day(1850, 11, 10), clock(11, 52, 35)), wall(day(1582, 10, 10), clock(12, 0, 0)) + 5 * grain(on),
                wall(day(1066, 10, 14), clock(9, 0, 0))};
    }
};

struct as_instant {
    using type = timestamp;
    static constexpr std::string_view stem = "instant";
    static std::vector<timestamp> samples() {
        return {utc(day(2012, 10, 15), clock(12, 57, 18)), utc(day(1970, 1, 1), {}),
                utc(day(1969, 12, 31), clock(23, 59, 59)), utc(day(2012, 10, 15), clock(12, 57, 18, 396)),
                utc(day(2038, 1, 20), clock(3, 14, 8)),    utc(day(1850, 11, 10), clock(11, 52, 35))};
    }
};

struct as_interval {
    using type = std::chrono::microseconds;
    static constexpr std::string_view stem = "interval";
    static std::vector<std::chrono::microseconds> samples() {
        return {0us, 1us, -1us, 1s, 90min, 24h, 24h * 45 + 3h + 5min + 7s + 12us, -(24h * 45 + 7s), 24h * 400, 999'999us, -500'000us, 59s};
    }
};

struct as_birthday {
    using type = birthday;
    static constexpr std::string_view stem = "birthday";
    static std::vector<birthday> samples() { return {{day(2012, 10, 15)}, {day(1969, 7, 20)}}; }
};

/// Whoever sends NULL for a typed parameter says the type too: a CASE of it and a column has one.
template <class As>
void null_meets_a_column(context& on) {
    using content = typename As::type;
    const content sent = As::samples().front();
    const table t = on.make_table("null_meets", {column("id", type_kind::integer, primary_key, not_generated),
                                                 column("moment", value_traits<content>::kind, not_null)});
    connection c = on.connect();
    c.execute(insert(t).set(t["id"], 7).set(t["moment"], sent));
    const auto moment = t.column<content>("moment");
    const auto given = param<std::optional<content>>("given");
    const auto query = select(t.column<std::int32_t>("id")).where(when(given.is_not_null(), given).otherwise(moment) == moment);
    CHECK(c.scalars(query, {{"given", std::nullopt}}) == std::vector{7});
    CHECK(c.scalars(query, {{"given", value{sent}}}) == std::vector{7});
    CHECK(c.scalars(query, {{"given", value{As::samples()[1]}}}).empty());
}

/// Without a column that could say the type.
template <class As>
void is_selected_directly(context& on) {
    connection c = on.connect();
    for (const auto& v : As::samples()) {
        INFO("the value " << shown(v));
        CHECK(c.scalar(select(bound(v))) == v);
        CHECK(c.scalar(select(literal(v))) == v);
    }
    using maybe = std::optional<typename As::type>;
    CHECK_FALSE(c.scalar(select(bound(maybe{}))).has_value());
    CHECK_FALSE(c.scalar(select(literal(maybe{}))).has_value());
}

void moments_have_an_order(context& on) {
    const table t =
        on.make_table("ordered", {column("id", type_kind::integer, primary_key, not_generated), column("day", type_kind::date, not_null),
                                  column("moment", type_kind::timestamp, not_null), column("instant", type_kind::timestamp_tz, not_null),
                                  column("clock", type_kind::time, not_null)});
    connection c = on.connect();
    const auto at = [](int y, unsigned m, unsigned d, std::int64_t us) {
        const auto when = clock(10, 0, 0, us);
        return std::vector{value{day(y, m, d)}, value{wall(day(y, m, d), when)}, value{utc(day(y, m, d), when)}, value{when}};
    };
    std::vector<std::vector<value>> rows{at(2026, 1, 1, 5), at(987, 1, 1, 50), at(1969, 12, 31, 500'000), at(9999, 12, 31, 0)};
    for (std::size_t i = 0; i < rows.size(); ++i) rows[i].insert(rows[i].begin(), value{static_cast<std::int32_t>(i)});
    c.execute(insert(t).columns(t["id"], t["day"], t["moment"], t["instant"], t["clock"]), rows);
    const auto id = t.column<std::int32_t>("id");
    for (const char* by : {"day", "moment", "instant"}) CHECK(c.scalars(select(id).order_by(t[by])) == std::vector{1, 2, 0, 3});
    CHECK(c.scalars(select(id).order_by(t["clock"])) == std::vector{3, 0, 1, 2});
    CHECK(c.scalars(select(id).where(t.column<local_timestamp>("moment") < wall(day(1970, 1, 1), {})).order_by(id)) == std::vector{1, 2});
    CHECK(c.scalar(select(func::max(t.column<date>("day")))) == day(9999, 12, 31));
}

/// An instant is one moment whatever zone it was written in.
void zones_are_one_instant(context& on) {
    const table t = on.make_table(
        "zones", {column("id", type_kind::integer, primary_key, not_generated), column("instant", type_kind::timestamp_tz, not_null)});
    connection c = on.connect();
    const timestamp moment = utc(day(2024, 2, 29), clock(23, 30, 0, 123'456));
    int id = 0;
    for (const char* text : {"2024-02-29 23:30:00.123456Z", "2024-03-01T01:30:00.123456+02:00", "2024-02-29 13:30:00.123456-10",
                             "2024-03-01 05:15:00.123456+0545"})
        c.execute(insert(t).set(t["id"], ++id).set(t["instant"], parse_timestamp(text)));
    const auto instant = t.column<timestamp>("instant");
    CHECK(c.scalars(select(instant).order_by(t["id"])) == std::vector(4, moment));
    CHECK(c.scalar(select(func::count_distinct(instant))) == 1);
    CHECK(c.scalar(select(func::count()).select_from(t).where(instant == moment)) == 4);
}

}  // namespace

std::vector<test_case> areas::types_parts::times() {
    return {
        {"types/date-round-trip", "dates come back and are found", {}, &comes_back<as_date>},
        {"types/date-prepared", "the same through prepared statements", {}, &comes_back_prepared<as_date>},
        {"types/date-batch", "the same through batches", {}, &comes_back_from_batch<as_date>},
        {"types/date-literal", "a literal is the value bound", {}, &literal_equals_bound<as_date>},
        {"types/date-historic", "dates before 1582 follow the proleptic Gregorian calendar", {}, &travels_every_way<as_historic_date>},
        {"types/date-select-direct", "a date needs no column", {}, &is_selected_directly<as_date>},
        {"types/date-null-bound-comparison", "NULL bound as a date meets a date", {}, &null_meets_a_column<as_date>},
        {"types/date-of-own-type", "a program's own type is kept as its date", {}, &travels_every_way<as_birthday>},
        {"types/time-round-trip", "times of day come back and are found", {}, &comes_back<as_time>},
        {"types/time-prepared", "the same through prepared statements", {}, &comes_back_prepared<as_time>},
        {"types/time-batch", "the same through batches", {}, &comes_back_from_batch<as_time>},
        {"types/time-literal", "a literal is the value bound", {}, &literal_equals_bound<as_time>},
        {"types/time-microseconds", "a time keeps its microseconds", claims::microseconds, &travels_every_way<as_exact_time>},
        {"types/time-select-direct", "a time needs no column", claims::microseconds, &is_selected_directly<as_exact_time>},
        {"types/time-null-bound-comparison", "NULL bound as a time meets a time", claims::microseconds,
         &null_meets_a_column<as_exact_time>},
        {"types/timestamp-round-trip", "timestamps without zone come back and are found", {}, &comes_back<as_timestamp>},
        {"types/timestamp-prepared", "the same through prepared statements", {}, &comes_back_prepared<as_timestamp>},
        {"types/timestamp-batch", "the same through batches", {}, &comes_back_from_batch<as_timestamp>},
        {"types/timestamp-literal", "a literal is the value bound", {}, &literal_equals_bound<as_timestamp>},
        {"types/timestamp-microseconds", "a timestamp keeps its microseconds", claims::microseconds,
         &travels_every_way<as_exact_timestamp>},
        {"types/timestamp-historic", "timestamps of other centuries come back", {}, &travels_every_way<as_historic_timestamp>},
        {"types/timestamp-select-direct", "a timestamp needs no column", claims::microseconds, &is_selected_directly<as_exact_timestamp>},
        {"types/timestamp-null-bound-comparison", "NULL bound as a timestamp meets a timestamp", claims::microseconds,
         &null_meets_a_column<as_exact_timestamp>},
        {"types/instant-round-trip", "instants come back in UTC and are found", claims::microseconds, &comes_back<as_instant>},
        {"types/instant-prepared", "the same through prepared statements", claims::microseconds, &comes_back_prepared<as_instant>},
        {"types/instant-batch", "the same through batches", claims::microseconds, &comes_back_from_batch<as_instant>},
        {"types/instant-literal", "a literal is the value bound", claims::microseconds, &literal_equals_bound<as_instant>},
        {"types/instant-select-direct", "an instant needs no column", claims::microseconds, &is_selected_directly<as_instant>},
        {"types/instant-null-bound-comparison", "NULL bound as an instant meets an instant", {}, &null_meets_a_column<as_instant>},
        {"types/instant-of-any-zone", "texts of several zones are one instant", claims::microseconds, &zones_are_one_instant},
        {"types/moments-order", "dates, timestamps, instants and times are ordered as time runs", claims::microseconds,
         &moments_have_an_order},
        {"types/interval-round-trip", "intervals come back to the microsecond and are found", {}, &comes_back<as_interval>},
        {"types/interval-prepared", "the same through prepared statements", {}, &comes_back_prepared<as_interval>},
        {"types/interval-batch", "the same through batches", {}, &comes_back_from_batch<as_interval>},
        {"types/interval-literal", "a literal is the value bound", {}, &literal_equals_bound<as_interval>},
        {"types/interval-select-direct", "an interval needs no column", {}, &is_selected_directly<as_interval>},
    };
}

}  // namespace azoth::conformance
