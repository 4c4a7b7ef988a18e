// How the evaluator computes operations on values that are not NULL.
#include "reference.hpp"

#include <chrono>

namespace properties {
namespace {

using std::chrono::sys_days;
namespace chrono = std::chrono;

/// Monday is 1.
std::int64_t weekday_of(sys_days d) { return chrono::weekday{d}.iso_encoding(); }

sys_days first_day(chrono::year y) { return sys_days{y / 1 / 1}; }

/// The Thursday of its week says to which year a day's week belongs.
sys_days thursday_of(sys_days d) { return d + chrono::days{4 - weekday_of(d)}; }

std::int64_t part_of(const az::date& of, az::date_part part) {
    const sys_days d{of};
    const sys_days thursday = thursday_of(d);
    const az::date week_day{thursday};
    switch (part) {
        case az::date_part::year: return static_cast<int>(of.year());
        case az::date_part::quarter: return (static_cast<unsigned>(of.month()) + 2) / 3;
        case az::date_part::month: return static_cast<unsigned>(of.month());
        case az::date_part::week: return (thursday - first_day(week_day.year())).count() / 7 + 1;
        case az::date_part::day: return static_cast<unsigned>(of.day());
        case az::date_part::day_of_week: return weekday_of(d);
        case az::date_part::day_of_year: return (d - first_day(of.year())).count() + 1;
        case az::date_part::epoch: return chrono::seconds{d.time_since_epoch()}.count();
        case az::date_part::week_year: return static_cast<int>(week_day.year());
        default: return 0;
    }
}

meaning cut(const az::date& of, az::date_part to) {
    const auto y = of.year();
    switch (to) {
        case az::date_part::year: return az::date{y / 1 / 1};
        case az::date_part::quarter: return az::date{y / chrono::month{(static_cast<unsigned>(of.month()) - 1) / 3 * 3 + 1} / 1};
        case az::date_part::month: return az::date{y / of.month() / 1};
        case az::date_part::week: return az::date{sys_days{of} - chrono::days{weekday_of(sys_days{of}) - 1}};
        case az::date_part::day: return of;
        default: return no_opinion{};
    }
}

meaning moved(const az::date& from, az::interval_unit unit, std::int64_t by) {
    if (unit == az::interval_unit::day) return az::date{sys_days{from} + chrono::days{by}};
    if (unit != az::interval_unit::month) return no_opinion{};
    const az::date there = from + chrono::months{by};
    return there.ok() ? there : az::date{there.year() / there.month() / chrono::last};
}

meaning operate_on_days(const az::operation_node& n, const az::date& day, const std::vector<meaning>& arguments) {
    const auto* count = arguments.size() > 1 ? std::get_if<std::int64_t>(&arguments[1]) : nullptr;
    const auto* other = arguments.size() > 1 ? std::get_if<az::date>(&arguments[1]) : nullptr;
    switch (n.op) {
        case az::operation::extract: return part_of(day, static_cast<az::date_part>(n.option));
        case az::operation::truncate_moment: return cut(day, static_cast<az::date_part>(n.option));
        case az::operation::add_interval:
            return count ? moved(day, static_cast<az::interval_unit>(n.option), *count) : meaning{no_opinion{}};
        case az::operation::subtract_interval:
            return count ? moved(day, static_cast<az::interval_unit>(n.option), -*count) : meaning{no_opinion{}};
        case az::operation::difference:
            return other ? meaning{std::int64_t{(sys_days{day} - sys_days{*other}).count()}} : meaning{no_opinion{}};
        default: return no_opinion{};
    }
}

}  // namespace

meaning operate(const az::operation_node& n, const std::vector<meaning>& arguments) {
    if (arguments.empty()) return no_opinion{};
    if (const auto* day = std::get_if<az::date>(&arguments.front())) return operate_on_days(n, *day, arguments);
    return no_opinion{};
}

}  // namespace properties
