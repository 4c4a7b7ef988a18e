// The ends of the calendar, microseconds, hours that a zone has twice or never, and what is no moment.
#include "claims.hpp"
#include "moments.hpp"
#include "travel.hpp"
#include "values_parts.hpp"

namespace azoth::conformance {
namespace {

using std::chrono::microseconds;

struct date_edges {
    using type = date;
    static constexpr std::string_view stem = "date_edges";
    static std::vector<date> samples() {
        return {day(1, 1, 1),    day(1, 12, 31),   day(4, 2, 29),    day(99, 12, 31),   day(100, 2, 28),
                day(100, 3, 1),  day(1000, 1, 1),  day(1600, 2, 29), day(1899, 12, 31), day(1900, 2, 28),
                day(1900, 3, 1), day(2000, 2, 29), day(9999, 1, 1),  day(9999, 12, 31)};
    }
};

/// A day of every 99 years and some: months and leap years of the whole calendar.
struct date_sweep {
    using type = date;
    static constexpr std::string_view stem = "date_sweep";
    static std::vector<date> samples() {
        std::vector<date> all;
        for (auto d = std::chrono::sys_days{day(1, 1, 1)}; d <= std::chrono::sys_days{day(9999, 12, 31)}; d += std::chrono::days{36'191})
            all.emplace_back(d);
        return all;
    }
};

struct time_edges {
    using type = time_of_day;
    static constexpr std::string_view stem = "time_edges";
    static std::vector<time_of_day> samples() {
        std::vector<time_of_day> all{clock(0, 0, 0), clock(23, 59, 59, 999'999), clock(0, 0, 0, 999'999), clock(23, 59, 0),
                                     clock(12, 0, 0)};
        for (std::int64_t us = 1; us < 1'000'000; us *= 10) all.push_back(clock(1, 2, 3, us));
        return all;
    }
};

struct timestamp_edges {
    using type = local_timestamp;
    static constexpr std::string_view stem = "timestamp_edges";
    static std::vector<local_timestamp> samples() {
        std::vector<local_timestamp> all{wall(day(1, 1, 1), {}),
                                         wall(day(1, 1, 1), clock(0, 0, 0, 1)),
                                         wall(day(9999, 12, 31), clock(23, 59, 59, 999'999)),
                                         wall(day(1000, 1, 1), {}),
                                         wall(day(1969, 12, 31), clock(23, 59, 59, 999'999)),
                                         wall(day(2000, 2, 29), clock(23, 59, 59))};
        for (std::int64_t us = 1; us < 1'000'000; us *= 10) all.push_back(wall(day(2026, 1, 2), clock(3, 4, 5, us)));
        return all;
    }
};

struct instant_edges {
    using type = timestamp;
    static constexpr std::string_view stem = "instant_edges";
    static std::vector<timestamp> samples() {
        std::vector<timestamp> all;
        for (const auto& t : timestamp_edges::samples()) all.emplace_back(t.time_since_epoch());
        // Where seconds since 1970 leave 31 and 32 bits.
        for (const std::int64_t second :
             {-2'147'483'649LL, -2'147'483'648LL, 2'147'483'647LL, 2'147'483'648LL, 4'294'967'295LL, 4'294'967'296LL})
            all.emplace_back(std::chrono::seconds{second});
        return all;
    }
};

/// Wall clocks of Europe and America skip these hours or show them twice; without a zone they are times like others.
struct skipped_hours {
    using type = local_timestamp;
    static constexpr std::string_view stem = "skipped_hours";
    static std::vector<local_timestamp> samples() {
        return {wall(day(2024, 3, 31), clock(1, 30, 0)),  wall(day(2024, 3, 31), clock(2, 30, 0)), wall(day(2024, 10, 27), clock(1, 30, 0)),
                wall(day(2024, 10, 27), clock(2, 30, 0)), wall(day(2024, 3, 10), clock(2, 30, 0)), wall(day(2024, 11, 3), clock(1, 30, 0)),
                wall(day(1918, 3, 31), clock(2, 30, 0))};
    }
};

/// Different instants whose wall clocks agree where summer time ends.
struct doubled_hours {
    using type = timestamp;
    static constexpr std::string_view stem = "doubled_hours";
    static std::vector<timestamp> samples(context& on) {
        std::vector<timestamp> all;
        for (int h = 0; h < 9; ++h)
            for (const date d : {day(2024, 3, 31), day(2024, 10, 27), day(2024, 11, 3)}) all.push_back(utc(d, clock(h, 30, 0)) + grain(on));
        return all;
    }
};

struct interval_edges {
    using type = microseconds;
    static constexpr std::string_view stem = "interval_edges";
    static std::vector<microseconds> samples() {
        return {microseconds::max(),
                -microseconds::max(),
                microseconds{0},
                std::chrono::days{3'652'058},
                -std::chrono::days{3'652'058},
                std::chrono::hours{838} + std::chrono::minutes{59} + std::chrono::seconds{59},
                std::chrono::hours{839}};
    }
};

/// The years 0 and 10000 do not reach the database.
void moments_outside_are_refused(context& on) {
    const table t =
        on.make_table("outside", {column("id", type_kind::integer, primary_key, not_generated), column("day", type_kind::date, nullable),
                                  column("moment", type_kind::timestamp, nullable), column("instant", type_kind::timestamp_tz, nullable),
                                  column("clock", type_kind::time, nullable)});
    connection c = on.connect();
    const auto refused = [&](const char* name, const auto& make) {
        INFO("the column " << name);
        CHECK_THROWS_AS(c.execute(insert(t).set(t["id"], 1).set(t[name], value{make()})), data_error);
    };
    const auto end = std::chrono::sys_days{day(9999, 12, 31)} + std::chrono::days{1};
    refused("day", [] { return day(0, 12, 31); });
    refused("day", [] { return day(10'000, 1, 1); });
    refused("day", [] { return day(2023, 2, 29); });
    refused("moment", [&] { return local_timestamp{end.time_since_epoch()}; });
    refused("instant", [&] { return timestamp{end}; });
    refused("clock", [] { return time_of_day{std::chrono::hours{24}}; });
    refused("clock", [] { return time_of_day{microseconds{-1}}; });
    CHECK(c.scalar(select(func::count()).select_from(t)) == 0);
}

/// What the text means, if anything: the moment given, or an error; never another moment.
template <class T>
void is_never_another(context& on, type_kind kind, const std::string& text) {
    INFO("the text " << text);
    const table t =
        on.make_table("no_moment", {column("id", type_kind::integer, primary_key, not_generated), column("moment", kind, nullable)});
    connection c = on.connect();
    bool is_stored = true;
    try {
        c.execute(insert(t).set(t["id"], 1).set(t["moment"], text));
    } catch (const error&) {
        is_stored = false;
    }
    if (!is_stored) {
        c.rollback();
        CHECK(c.scalar(select(func::count()).select_from(t)) == 0);
        return;
    }
    result r = c.execute(select_columns(std::vector{t["moment"]}));
    REQUIRE(r.next());
    CHECK_THROWS_AS(r.get<T>(0), data_error);
}

void leap_seconds_are_refused(context& on) {
    is_never_another<local_timestamp>(on, type_kind::timestamp, "2016-12-31 23:59:60");
    is_never_another<timestamp>(on, type_kind::timestamp_tz, "2016-12-31 23:59:60Z");
    is_never_another<time_of_day>(on, type_kind::time, "23:59:60");
    CHECK_THROWS_AS(parse_timestamp("2016-12-31 23:59:60Z"), data_error);
    CHECK_THROWS_AS(parse_time("23:59:60"), data_error);
}

void days_off_the_calendar_are_refused(context& on) {
    is_never_another<date>(on, type_kind::date, "2023-02-29");
    is_never_another<date>(on, type_kind::date, "0000-00-00");
    is_never_another<date>(on, type_kind::date, "2023-13-01");
    is_never_another<local_timestamp>(on, type_kind::timestamp, "2023-02-30 00:00:00");
    is_never_another<local_timestamp>(on, type_kind::timestamp, "2023-02-28 24:00:00");
}

/// What the database says of its own clock is near ours: no zone slipped in between.
void the_clocks_agree(context& on) {
    const table t = on.make_table("now", {column("id", type_kind::integer, primary_key, not_generated),
                                          column("at", type_kind::timestamp_tz, server_default("CURRENT_TIMESTAMP"), not_null)});
    connection c = on.connect();
    c.execute(insert(t).set(t["id"], 1));
    const timestamp there = c.scalar(select(t.column<timestamp>("at")));
    const auto here = std::chrono::system_clock::now();
    INFO("the database's clock " << to_string(there));
    CHECK(there > here - std::chrono::minutes{15});
    CHECK(there < here + std::chrono::minutes{15});
}

}  // namespace

std::vector<test_case> areas::values_parts::times() {
    return {
        {"values/date-edges", "dates from the year 1 to 9999, leap days among them, travel every way", {}, &travels_every_way<date_edges>},
        {"values/date-sweep", "dates of all centuries travel every way", {}, &travels_every_way<date_sweep>},
        {"values/time-edges", "times to the last microsecond of a day travel every way", claims::microseconds,
         &travels_every_way<time_edges>},
        {"values/timestamp-edges", "timestamps from the year 1 to 9999, to the microsecond, travel every way", claims::microseconds,
         &travels_every_way<timestamp_edges>},
        {"values/timestamp-skipped-hours",
         "hours that a zone skips are times like others without one",
         {},
         &travels_every_way<skipped_hours>},
        {"values/instant-edges", "instants from the year 1 to 9999, beyond 32 bits of seconds, travel every way", claims::microseconds,
         &travels_every_way<instant_edges>},
        {"values/instant-doubled-hours", "instants that share a wall clock stay two", {}, &travels_every_way<doubled_hours>},
        {"values/instant-of-the-server", "the database's clock is read as the instant it is", {}, &the_clocks_agree},
        {"values/interval-edges", "intervals of all 64 bits travel", {}, &travels_every_way<interval_edges>},
        {"values/moments-outside",
         "years 0 and 10000, days off the calendar and the 25th hour are refused",
         {},
         &moments_outside_are_refused},
        {"values/leap-second", "a leap second is refused, and becomes no other moment", {}, &leap_seconds_are_refused},
        {"values/no-date", "a text that is no date becomes none", {}, &days_off_the_calendar_are_refused},
    };
}

}  // namespace azoth::conformance
