#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace azoth {

/// A part of a date or time: the `option` of operation::extract and operation::truncate_moment. Weeks are ISO 8601's: they begin on Monday,
/// and the first one of a year has its first Thursday. Only ever added to at the end.
enum class date_part : std::uint8_t {
    year,
    quarter,
    month,
    week,
    day,
    day_of_week,  ///< Monday is 1, Sunday 7
    day_of_year,
    hour,
    minute,
    second,       ///< whole ones
    microsecond,  ///< of the second: 0 to 999999
    epoch,        ///< whole seconds since 1970-01-01 00:00 UTC, rounded down; a timestamp without zone is taken as UTC
    week_year,    ///< the year to which the week belongs
};

/// Its name in SQL and in messages: "day_of_week".
constexpr std::string_view part_name(date_part part) noexcept {
    constexpr std::string_view names[]{"year", "quarter", "month",  "week",        "day",   "day_of_week", "day_of_year",
                                       "hour", "minute",  "second", "microsecond", "epoch", "week_year"};
    return names[static_cast<std::size_t>(part)];
}

/// What the second operand of operation::add_interval and operation::subtract_interval counts: their `option`.
enum class interval_unit : std::uint8_t {
    microsecond,  ///< of type interval
    day,          ///< an integer
    month,        ///< an integer; a day that the month does not have becomes its last one
};

}  // namespace azoth
