#pragma once

#include <azoth/base/export.hpp>

#include <chrono>
#include <compare>
#include <string>
#include <string_view>

namespace azoth {

/// A calendar date, proleptic Gregorian; databases agree on the years 1 to 9999.
using date = std::chrono::year_month_day;
/// A moment on a wall clock whose zone nobody has said.
using local_timestamp = std::chrono::local_time<std::chrono::microseconds>;
/// An instant, in UTC.
using timestamp = std::chrono::sys_time<std::chrono::microseconds>;

/// A time of day without a date, 00:00:00 to 23:59:59.999999.
struct time_of_day {
    std::chrono::microseconds since_midnight{};

    constexpr time_of_day() noexcept = default;
    constexpr explicit time_of_day(std::chrono::microseconds since) noexcept : since_midnight{since} {}
    constexpr time_of_day(std::chrono::hours h, std::chrono::minutes m, std::chrono::seconds s = {},
                          std::chrono::microseconds us = {}) noexcept
        : since_midnight{h + m + s + us} {}
    friend constexpr auto operator<=>(const time_of_day&, const time_of_day&) = default;
};

/// ISO 8601 with a blank between date and time and always six digits of microseconds, so that text sorts as time does.
/// Years outside 1 to 9999 and times outside a day throw data_error (value-range).
AZOTH_API std::string to_string(const date& value);
AZOTH_API std::string to_string(const time_of_day& value);
AZOTH_API std::string to_string(const local_timestamp& value);
/// As above, followed by "Z".
AZOTH_API std::string to_string(const timestamp& value);

/// Reads what `to_string` writes, and ISO 8601's other spellings of it: "T" for the blank, 0 to 6 digits of a second's fraction (more,
/// if they are zeros), seconds left out. A timestamp's offset ("Z", "+02:00", "+0200", "+02") is applied; without one the text is
/// taken as UTC, as SQLite's and MySQL's own functions write it. A local timestamp with an offset is refused: it would lose it.
/// Anything else, leap seconds included, throws data_error (value-format).
AZOTH_API date parse_date(std::string_view text);
AZOTH_API time_of_day parse_time(std::string_view text);
AZOTH_API local_timestamp parse_local_timestamp(std::string_view text);
AZOTH_API timestamp parse_timestamp(std::string_view text);

}  // namespace azoth
