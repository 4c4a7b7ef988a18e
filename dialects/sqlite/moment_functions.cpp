// What the rules for dates and times call: exact to the microsecond, with the calendar of <chrono>.
#include "moment_functions.hpp"

#include "function_support.hpp"

#include <fmt/format.h>

#include <array>
#include <chrono>
#include <string>
#include <string_view>

namespace azoth::sqlite {
namespace {

using std::chrono::days;
using std::chrono::microseconds;

/// A moment taken apart; written again as what it was.
struct read_moment {
    enum class kinds : unsigned char { date, time, timestamp, instant };
    kinds kind{};
    days day{};             ///< since 1970-01-01
    microseconds of_day{};  ///< since midnight
};

constexpr microseconds whole_day{days{1}};

read_moment split(read_moment::kinds kind, microseconds since_epoch) {
    const days day = std::chrono::floor<days>(since_epoch);
    return {kind, day, since_epoch - day};
}

read_moment moment_of(sqlite3_value* v) {
    using kinds = read_moment::kinds;
    const std::string_view text = text_of(v);
    if (text.size() > 2 && text[2] == ':') return {kinds::time, {}, parse_time(text).since_midnight};
    if (text.find(':') == std::string_view::npos) return {kinds::date, std::chrono::sys_days{parse_date(text)}.time_since_epoch(), {}};
    const bool has_zone = text.find_first_of("Z+", 10) != std::string_view::npos || text.find('-', 10) != std::string_view::npos;
    if (has_zone) return split(kinds::instant, parse_timestamp(text).time_since_epoch());
    return split(kinds::timestamp, parse_local_timestamp(text).time_since_epoch());
}

std::string written(const read_moment& m) {
    using kinds = read_moment::kinds;
    switch (m.kind) {
        case kinds::date: return to_string(date{std::chrono::sys_days{m.day}});
        case kinds::time: return to_string(time_of_day{m.of_day});
        case kinds::timestamp: return to_string(local_timestamp{m.day + m.of_day});
        case kinds::instant: return to_string(timestamp{m.day + m.of_day});
    }
    return {};
}

date_part part_of_text(std::string_view name) {
    for (auto p = date_part::year; p <= date_part::week_year; p = static_cast<date_part>(static_cast<int>(p) + 1))
        if (part_name(p) == name) return p;
    throw_error(errc::value_format, fmt::format("there is no part \"{}\" of a date or time", name));
}

int iso_weekday(days day) { return static_cast<int>(std::chrono::weekday{std::chrono::sys_days{day}}.iso_encoding()); }

/// A week belongs to the year of its Thursday.
struct iso_week {
    int year;
    int number;
};
iso_week week_of(days day) {
    const std::chrono::sys_days thursday{day + days{4 - iso_weekday(day)}};
    const auto year = date{thursday}.year();
    return {static_cast<int>(year), static_cast<int>((thursday - std::chrono::sys_days{year / 1 / 1}).count() / 7) + 1};
}

std::int64_t part_of_day(const date& d, days day, date_part part) {
    const auto month = static_cast<unsigned>(d.month());
    switch (part) {
        case date_part::year: return static_cast<int>(d.year());
        case date_part::quarter: return (month + 2) / 3;
        case date_part::month: return month;
        case date_part::week: return week_of(day).number;
        case date_part::week_year: return week_of(day).year;
        case date_part::day: return static_cast<unsigned>(d.day());
        case date_part::day_of_week: return iso_weekday(day);
        default: return (std::chrono::sys_days{day} - std::chrono::sys_days{d.year() / 1 / 1}).count() + 1;
    }
}

std::int64_t part_of_moment(const read_moment& m, date_part part) {
    const std::int64_t of_day = m.of_day.count();
    switch (part) {
        case date_part::hour: return of_day / 3'600'000'000;
        case date_part::minute: return of_day / 60'000'000 % 60;
        case date_part::second: return of_day / 1'000'000 % 60;
        case date_part::microsecond: return of_day % 1'000'000;
        case date_part::epoch: return (std::chrono::seconds{m.day} + std::chrono::floor<std::chrono::seconds>(m.of_day)).count();
        default: return part_of_day(date{std::chrono::sys_days{m.day}}, m.day, part);
    }
}

days first_day(days day, date_part of) {
    const date d{std::chrono::sys_days{day}};
    const auto month = static_cast<unsigned>(d.month());
    const auto first_of = [&](unsigned m) { return std::chrono::sys_days{d.year() / std::chrono::month{m} / 1}.time_since_epoch(); };
    switch (of) {
        case date_part::year: return first_of(1);
        case date_part::quarter: return first_of((month - 1) / 3 * 3 + 1);
        case date_part::month: return first_of(month);
        case date_part::week: return day - days{iso_weekday(day) - 1};
        default: return day;
    }
}

read_moment cut(read_moment m, date_part to) {
    switch (to) {
        case date_part::hour: m.of_day = std::chrono::floor<std::chrono::hours>(m.of_day); return m;
        case date_part::minute: m.of_day = std::chrono::floor<std::chrono::minutes>(m.of_day); return m;
        case date_part::second: m.of_day = std::chrono::floor<std::chrono::seconds>(m.of_day); return m;
        default: break;
    }
    return {m.kind, first_day(m.day, to), {}};
}

[[noreturn]] void refuse_shift() { throw_error(errc::value_range, "a moment was moved out of the years 1 to 9999"); }

// More than there are in 9999 years, and fewer than a <chrono> year can count.
constexpr std::int64_t most_days = 4'000'000;
constexpr std::int64_t most_months = 120'000;

days month_later(days day, std::int64_t months) {
    if (months > most_months || months < -most_months) refuse_shift();
    const date d{std::chrono::sys_days{day}};
    const auto month = d.year() / d.month() + std::chrono::months{months};
    const auto last = month / std::chrono::last;
    const date moved = d.day() > last.day() ? date{last} : month / d.day();
    return std::chrono::sys_days{moved}.time_since_epoch();
}

read_moment moved_by(read_moment m, std::int64_t count, std::string_view unit) {
    using kinds = read_moment::kinds;
    if (unit == "month") return {m.kind, month_later(m.day, count), m.of_day};
    if (unit == "day") {
        if (count > most_days || count < -most_days) refuse_shift();
        return {m.kind, m.day + days{count}, m.of_day};
    }
    std::int64_t since = 0;
    if (__builtin_add_overflow(microseconds{m.day + m.of_day}.count(), count, &since)) refuse_shift();
    read_moment moved = split(m.kind, microseconds{since});
    if (m.kind == kinds::time) moved.day = {};  // round the clock
    return moved;
}

void give_part(sqlite3_context* to, int, arguments args) noexcept {
    if (is_null(args[1])) return;
    guarded(to, [&] { sqlite3_result_int64(to, part_of_moment(moment_of(args[1]), part_of_text(text_of(args[0])))); });
}

void give_truncated(sqlite3_context* to, int, arguments args) noexcept {
    if (is_null(args[1])) return;
    guarded(to, [&] { give_text(to, written(cut(moment_of(args[1]), part_of_text(text_of(args[0]))))); });
}

void give_shifted(sqlite3_context* to, int, arguments args) noexcept {
    if (is_null(args[0]) || is_null(args[1])) return;
    guarded(to, [&] { give_text(to, written(moved_by(moment_of(args[0]), sqlite3_value_int64(args[1]), text_of(args[2])))); });
}

/// Days between dates, else microseconds.
void give_difference(sqlite3_context* to, int, arguments args) noexcept {
    if (is_null(args[0]) || is_null(args[1])) return;
    guarded(to, [&] {
        const read_moment later = moment_of(args[0]);
        const read_moment earlier = moment_of(args[1]);
        if (later.kind != earlier.kind) throw_error(errc::value_format, "only moments of one type have a difference");
        const days between = later.day - earlier.day;
        const bool counts_days = later.kind == read_moment::kinds::date;
        sqlite3_result_int64(to, counts_days ? between.count() : microseconds{between + later.of_day - earlier.of_day}.count());
    });
}

}  // namespace

void register_moments(sqlite3* db) {
    add(db, "azoth_extract", 2, &give_part);
    add(db, "azoth_date_trunc", 2, &give_truncated);
    add(db, "azoth_add_interval", 3, &give_shifted);
    add(db, "azoth_difference", 2, &give_difference);
}

}  // namespace azoth::sqlite
