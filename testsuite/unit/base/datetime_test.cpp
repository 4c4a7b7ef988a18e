#include <azoth/base/datetime.hpp>

#include "../throws.hpp"

#include <catch2/catch.hpp>

#include <cstdio>
#include <random>

using namespace std::chrono;
using namespace std::chrono_literals;
using azoth::date;
using azoth::local_timestamp;
using azoth::time_of_day;
using azoth::timestamp;
using azoth::to_string;

namespace {

date ymd(int y, unsigned m, unsigned d) { return year{y} / month{m} / std::chrono::day{d}; }
timestamp utc(int y, unsigned m, unsigned d, microseconds time = 0us) {
    return timestamp{sys_days{ymd(y, m, d)}.time_since_epoch() + time};
}
local_timestamp local(int y, unsigned m, unsigned d, microseconds time = 0us) {
    return local_timestamp{utc(y, m, d, time).time_since_epoch()};
}

constexpr microseconds last_moment = 24h - 1us;

}  // namespace

TEST_CASE("dates: every day of the calendar goes to text and back") {
    int days = 0;
    int y = 1;
    unsigned m = 1;
    unsigned d = 1;
    for (sys_days at = ymd(1, 1, 1); at <= sys_days{ymd(9999, 12, 31)}; at += std::chrono::days{1}, ++days) {
        char expected[40];
        std::snprintf(expected, sizeof expected, "%04d-%02u-%02u", y, m, d);
        const date today{at};
        const std::string text = to_string(today);
        if (text != expected || azoth::parse_date(text) != today) {
            FAIL(text << " is not " << expected);
        }
        // The calendar by hand, so that std::chrono is checked too.
        const bool leap = y % 4 == 0 && (y % 100 != 0 || y % 400 == 0);
        const unsigned last = m == 2 ? (leap ? 29 : 28) : (m == 4 || m == 6 || m == 9 || m == 11) ? 30 : 31;
        if (++d > last) {
            d = 1;
            if (++m > 12) {
                m = 1;
                ++y;
            }
        }
    }
    CHECK(days == 3652059);
}

TEST_CASE("dates: what no day is") {
    for (const char* text :
         {"2023-02-29", "1900-02-29", "2024-02-30", "2024-13-01", "2024-00-01", "2024-01-00", "2024-01-32", "2024-04-31"}) {
        INFO(text);
        CHECK_ERROR(azoth::parse_date(text), "value-format", "calendar");
    }
    CHECK(azoth::parse_date("2000-02-29") == ymd(2000, 2, 29));
    CHECK_ERROR(azoth::parse_date("0000-01-01"), "value-format", "years start at 1");
    for (const char* text : {"", "2024", "2024-1-1", "2024-01-1", "24-01-01", "2024-01-01 ", " 2024-01-01", "2024/01/01", "20240101",
                             "2024-01-01T00:00", "-2024-01-01", "+2024-01-01", "10000-01-01", "2024-01-0a", "2024_01_01", "2024-01-01Z"}) {
        INFO(text);
        CHECK_ERROR(azoth::parse_date(text), "value-format", "YYYY-MM-DD");
    }
    CHECK_ERROR(to_string(ymd(2023, 2, 29)), "value-range", "2023-2-29");
    CHECK_ERROR(to_string(ymd(0, 1, 1)), "value-range", "year 0");
    CHECK_ERROR(to_string(ymd(-1, 1, 1)), "value-range", "year -1");
    CHECK_ERROR(to_string(ymd(10000, 1, 1)), "value-range", "year 10000");
    CHECK_ERROR(to_string(date{}), "value-range", "no day");
}

TEST_CASE("times: to text and back") {
    CHECK(to_string(time_of_day{}) == "00:00:00.000000");
    CHECK(to_string(time_of_day{last_moment}) == "23:59:59.999999");
    CHECK(to_string(time_of_day{1h, 2min, 3s, 4us}) == "01:02:03.000004");
    std::mt19937_64 random{1};
    for (int i = 0; i < 20'000; ++i) {
        const time_of_day t{microseconds{static_cast<std::int64_t>(random() % 86'400'000'000u)}};
        REQUIRE(azoth::parse_time(to_string(t)) == t);
    }
    CHECK_ERROR(to_string(time_of_day{24h}), "value-range", "86400000000");
    CHECK_ERROR(to_string(time_of_day{-1us}), "value-range", "-1");
}

TEST_CASE("times: other spellings") {
    CHECK(azoth::parse_time("12:30") == time_of_day{12h, 30min});
    CHECK(azoth::parse_time("12:30:15") == time_of_day{12h, 30min, 15s});
    CHECK(azoth::parse_time("12:30:15.5") == time_of_day{12h, 30min, 15s, 500ms});
    CHECK(azoth::parse_time("12:30:15.000001") == time_of_day{12h, 30min, 15s, 1us});
    CHECK(azoth::parse_time("12:30:15.123456") == time_of_day{12h, 30min, 15s, 123456us});
    CHECK(azoth::parse_time("12:30:15.1234560000000000000000") == time_of_day{12h, 30min, 15s, 123456us});
    CHECK_ERROR(azoth::parse_time("12:30:15.1234567"), "value-format", "six digits");
    CHECK_ERROR(azoth::parse_time("12:30:15.1234560000000001"), "value-format", "six digits");
}

TEST_CASE("times: what no time is") {
    for (const char* text : {"24:00:00", "23:60:00", "23:59:60", "99:99:99", "23:59:61.5"}) {
        INFO(text);
        CHECK_ERROR(azoth::parse_time(text), "value-format", "23:59:59.999999");
    }
    // The last: a fraction of a minute, were it accepted, must not be read as one of a second.
    for (const char* text : {"", "12", "12:", "1:2:3", "12:3", "12:30:", "12:30:1", "12:30:15.", "12:30:15.x", "12:30:15,5", "-1:00:00",
                             "12:30:15Z", "12:30.5"}) {
        INFO(text);
        CHECK_ERROR(azoth::parse_time(text), "value-format", "HH:MM:SS");
    }
}

TEST_CASE("timestamps: to text and back, before and after the epoch") {
    CHECK(to_string(utc(1970, 1, 1)) == "1970-01-01 00:00:00.000000Z");
    CHECK(to_string(local(1970, 1, 1)) == "1970-01-01 00:00:00.000000");
    CHECK(to_string(utc(1969, 12, 31, last_moment)) == "1969-12-31 23:59:59.999999Z");
    CHECK(to_string(timestamp{-1us}) == "1969-12-31 23:59:59.999999Z");
    CHECK(to_string(utc(1, 1, 1)) == "0001-01-01 00:00:00.000000Z");
    CHECK(to_string(utc(9999, 12, 31, last_moment)) == "9999-12-31 23:59:59.999999Z");
    std::mt19937_64 random{2};
    const auto first = utc(1, 1, 1).time_since_epoch().count();
    const auto range = static_cast<std::uint64_t>(utc(9999, 12, 31, last_moment).time_since_epoch().count() - first) + 1;
    for (int i = 0; i < 50'000; ++i) {
        const microseconds since{first + static_cast<std::int64_t>(random() % range)};
        REQUIRE(azoth::parse_timestamp(to_string(timestamp{since})) == timestamp{since});
        REQUIRE(azoth::parse_local_timestamp(to_string(local_timestamp{since})) == local_timestamp{since});
        // Text sorts as time does.
        const microseconds other{first + static_cast<std::int64_t>(random() % range)};
        REQUIRE((to_string(timestamp{since}) < to_string(timestamp{other})) == (since < other));
    }
}

TEST_CASE("timestamps: outside the years 1 to 9999 there is no text") {
    CHECK_ERROR(to_string(utc(1, 1, 1) - 1us), "value-range", "1 to 9999");
    CHECK_ERROR(to_string(utc(9999, 12, 31, last_moment) + 1us), "value-range", "1 to 9999");
    // std::chrono keeps a year in 16 bits: these come out of it as years that look right.
    CHECK_ERROR(to_string(timestamp{microseconds{days{24'000'000}}}), "value-range", "1 to 9999");
    CHECK_ERROR(to_string(local_timestamp{microseconds{-days{24'000'000}}}), "value-range", "1 to 9999");
    CHECK_ERROR(to_string(timestamp::max()), "value-range", "1 to 9999");
    CHECK_ERROR(to_string(timestamp::min()), "value-range", "1 to 9999");
    CHECK_ERROR(to_string(local_timestamp::max()), "value-range", "1 to 9999");
}

TEST_CASE("timestamps: offsets from UTC are applied") {
    const timestamp noon = utc(2024, 2, 29, 12h);
    for (const char* text :
         {"2024-02-29 12:00:00Z", "2024-02-29T12:00:00z", "2024-02-29t12:00Z", "2024-02-29 12:00:00", "2024-02-29 14:00:00+02:00",
          "2024-02-29 14:00:00+0200", "2024-02-29 14:00:00+02", "2024-02-29 07:30:00-04:30", "2024-03-01 00:00:00+12",
          "2024-02-29 12:00:00.000-00:00", "2024-02-29 12:00+00", "2024-03-01 02:00:00.0+14:00"}) {
        INFO(text);
        CHECK(azoth::parse_timestamp(text) == noon);
    }
    for (const char* text :
         {"2024-02-29 12:00:00+", "2024-02-29 12:00:00+2", "2024-02-29 12:00:00+02:", "2024-02-29 12:00:00+02:0", "2024-02-29 12:00:00+020",
          "2024-02-29 12:00:00+02000", "2024-02-29 12:00:00 +02:00", "2024-02-29 12:00:00 UTC", "2024-02-29 12:00:00ZZ", "2024-02-29",
          "2024-02-29 ", "2024-02-29_12:00:00", "2024-02-29  12:00:00", "2024-02-29 12:00:00+02:00:00"}) {
        INFO(text);
        CHECK_ERROR(azoth::parse_timestamp(text), "value-format", "is no timestamp");
    }
    CHECK_ERROR(azoth::parse_timestamp("2024-02-29 12:00:00+19:00"), "value-format", "that far from UTC");
    CHECK_ERROR(azoth::parse_timestamp("2024-02-29 12:00:00+02:60"), "value-format", "that far from UTC");
    CHECK_ERROR(azoth::parse_timestamp("2024-02-30 12:00:00Z"), "value-format", "calendar");
    CHECK_ERROR(azoth::parse_timestamp("2024-02-29 23:59:60Z"), "value-format", "23:59:59");
}

TEST_CASE("timestamps: an offset must not lead out of the years") {
    CHECK(azoth::parse_timestamp("0001-01-01 01:00:00+01:00") == utc(1, 1, 1));
    CHECK_ERROR(azoth::parse_timestamp("0001-01-01 00:59:59+01:00"), "value-range", "1 to 9999");
    CHECK(azoth::parse_timestamp("9999-12-31 22:59:59-01:00") == utc(9999, 12, 31, 23h + 59min + 59s));
    CHECK_ERROR(azoth::parse_timestamp("9999-12-31 23:00:00-01:00"), "value-range", "1 to 9999");
}

TEST_CASE("timestamps: a local one with an offset is refused, as it would lose it") {
    CHECK(azoth::parse_local_timestamp("2024-02-29T12:00") == local(2024, 2, 29, 12h));
    for (const char* text : {"2024-02-29 12:00:00Z", "2024-02-29 12:00:00+02:00", "2024-02-29 12:00:00-02"}) {
        INFO(text);
        CHECK_ERROR(azoth::parse_local_timestamp(text), "value-format", "azoth::timestamp");
    }
    CHECK_ERROR(azoth::parse_local_timestamp("2024-02-29 12:00:00 x"), "value-format", "is no timestamp");
}

TEST_CASE("dates and times: a long or broken text does not make a long or broken message") {
    CHECK(azoth::test::error_of([] { azoth::parse_date(std::string(100'000, '1')); }).size() < 200);
    const std::string accents = "1" + std::string(50, '\xc3');
    std::string text = "x";
    for (int i = 0; i < 60; ++i) text += "\xc3\xa9";
    const std::string message = azoth::test::error_of([&] { azoth::parse_date(text); });
    CHECK(message.find("\xc3\"") == std::string::npos);  // no half character before the closing quote
}
