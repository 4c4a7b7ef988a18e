#include "temporal.hpp"

#include <fmt/format.h>

#include <charconv>

namespace azoth::mysql {
namespace {

using std::string_view;
using namespace std::chrono;

[[noreturn]] void refuse_zero() {
    throw_error(errc::value_format,
                "the database holds the date 0000-00-00, which is no date: use the URL option zero-dates=null to read it as NULL");
}

sys_days day_of(const moment_parts& p) {
    const year_month_day day{year{static_cast<int>(p.year)}, month{p.month}, std::chrono::day{p.day}};
    if (p.year == 0 || !day.ok())
        throw_error(errc::value_format,
                    fmt::format("the database holds the date {:04}-{:02}-{:02}, which is not in the calendar", p.year, p.month, p.day));
    return sys_days{day};
}

bool is_zero(const moment_parts& p) { return p.year == 0 && p.month == 0 && p.day == 0; }

microseconds time_in(const moment_parts& p) { return hours{p.hour} + minutes{p.minute} + seconds{p.second} + microseconds{p.microsecond}; }

/// Reads fixed forms: digits, and characters that have to be there.
class scanner {
public:
    scanner(string_view text, string_view what) noexcept : text_{text}, rest_{text}, what_{what} {}

    std::uint64_t number() {
        std::uint64_t n = 0;
        const auto [end, problem] = std::from_chars(rest_.data(), rest_.data() + rest_.size(), n);
        if (problem != std::errc{}) fail();
        rest_.remove_prefix(static_cast<std::size_t>(end - rest_.data()));
        return n;
    }
    unsigned short_number() { return static_cast<unsigned>(std::min<std::uint64_t>(number(), 1'000'000)); }
    bool take(char c) {
        if (!rest_.starts_with(c)) return false;
        rest_.remove_prefix(1);
        return true;
    }
    void expect(char c) {
        if (!take(c)) fail();
    }
    /// What follows a point, as microseconds.
    unsigned fraction() {
        if (!take('.')) return 0;
        const std::size_t digits = rest_.size();
        if (digits == 0 || digits > 6) fail();
        unsigned n = short_number();
        for (std::size_t i = digits; i < 6; ++i) n *= 10;
        return n;
    }
    void end() {
        if (!rest_.empty()) fail();
    }

private:
    [[noreturn]] void fail() const { throw_error(errc::value_format, fmt::format("\"{}\" is no {}", text_, what_)); }

    string_view text_;
    string_view rest_;
    string_view what_;
};

void scan_date(scanner& in, moment_parts& to) {
    to.year = in.short_number();
    in.expect('-');
    to.month = in.short_number();
    in.expect('-');
    to.day = in.short_number();
}

void split(sys_days day, moment_parts& to) {
    const year_month_day date{day};
    to.year = static_cast<unsigned>(static_cast<int>(date.year()));
    to.month = static_cast<unsigned>(date.month());
    to.day = static_cast<unsigned>(date.day());
}

void split(microseconds since_midnight, moment_parts& to) {
    const hh_mm_ss parts{since_midnight};
    to.hour = static_cast<unsigned>(parts.hours().count());
    to.minute = static_cast<unsigned>(parts.minutes().count());
    to.second = static_cast<unsigned>(parts.seconds().count());
    to.microsecond = static_cast<unsigned>(parts.subseconds().count());
}

}  // namespace

cell date_cell(const moment_parts& parts, zero_dates zeros) {
    if (is_zero(parts)) {
        if (zeros == zero_dates::null) return {};
        refuse_zero();
    }
    return {cell_tag::date, day_of(parts).time_since_epoch().count()};
}

cell moment_cell(const moment_parts& parts, cell_tag tag, zero_dates zeros) {
    if (is_zero(parts)) {
        if (zeros == zero_dates::null) return {};
        refuse_zero();
    }
    return {tag, microseconds{day_of(parts).time_since_epoch() + time_in(parts)}.count()};
}

cell time_cell(bool negative, std::uint64_t hour, unsigned minute, unsigned second, unsigned microsecond) {
    const bool is_something = hour != 0 || minute != 0 || second != 0 || microsecond != 0;
    if (hour >= 24 || (negative && is_something))
        throw_error(
            errc::value_range,
            fmt::format("the database holds the TIME {}{:02}:{:02}:{:02}.{:06}, which is no time of day: select TIME_TO_SEC(...) of it",
                        negative ? "-" : "", hour, minute, second, microsecond));
    return {cell_tag::time, time_in({0, 0, 0, static_cast<unsigned>(hour), minute, second, microsecond}).count()};
}

cell read_date_text(string_view text, zero_dates zeros) {
    scanner in{text, "date"};
    moment_parts parts;
    scan_date(in, parts);
    in.end();
    return date_cell(parts, zeros);
}

cell read_moment_text(string_view text, cell_tag tag, zero_dates zeros) {
    scanner in{text, "date and time"};
    moment_parts parts;
    scan_date(in, parts);
    in.expect(' ');
    parts.hour = in.short_number();
    in.expect(':');
    parts.minute = in.short_number();
    in.expect(':');
    parts.second = in.short_number();
    parts.microsecond = in.fraction();
    in.end();
    return moment_cell(parts, tag, zeros);
}

cell read_time_text(string_view text) {
    scanner in{text, "time"};
    const bool negative = in.take('-');
    const std::uint64_t hour = in.number();
    in.expect(':');
    const unsigned minute = in.short_number();
    in.expect(':');
    const unsigned second = in.short_number();
    const unsigned microsecond = in.fraction();
    in.end();
    return time_cell(negative, hour, minute, second, microsecond);
}

moment_parts parts_of(const cell& value) {
    moment_parts parts;
    if (value.tag == cell_tag::date) {
        split(sys_days{days{value.i64}}, parts);
    } else if (value.tag == cell_tag::time) {
        split(microseconds{value.i64}, parts);
    } else {
        const sys_time<microseconds> moment{microseconds{value.i64}};
        const auto day = floor<days>(moment);
        split(day, parts);
        split(moment - day, parts);
    }
    return parts;
}

}  // namespace azoth::mysql
