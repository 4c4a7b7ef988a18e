// How the evaluator computes operations on values that are not NULL.
#include "reference.hpp"

#include <chrono>
#include <cmath>

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

std::int64_t floor_of(std::int64_t a, std::int64_t b) { return a / b - ((a % b != 0 && (a < 0) != (b < 0)) ? 1 : 0); }

meaning operate_on_integers(const az::operation_node& n, std::int64_t a, const std::vector<meaning>& arguments) {
    const auto* second = arguments.size() > 1 ? std::get_if<std::int64_t>(&arguments[1]) : nullptr;
    const std::int64_t b = second ? *second : 0;
    const auto bits = [](std::int64_t v) { return static_cast<std::uint64_t>(v); };
    switch (n.op) {
        case az::operation::floor_divide: return b == 0 ? meaning{no_opinion{}} : meaning{floor_of(a, b)};
        case az::operation::bit_and: return a & b;
        case az::operation::bit_or: return a | b;
        case az::operation::bit_xor: return a ^ b;
        case az::operation::bit_not: return ~a;
        case az::operation::shift_left: return static_cast<std::int64_t>(bits(a) << bits(b));
        case az::operation::shift_right: return a >> b;
        case az::operation::sign: return std::int64_t{(a > 0) - (a < 0)};
        default: return no_opinion{};
    }
}

az::decimal cut_off(const az::decimal& d, int digits) {
    if (d.scale() <= digits) return d;
    const az::decimal near = d.rescaled(digits);
    const bool too_far = d.is_negative() ? near < d : near > d;
    const az::decimal unit{1, digits};
    return !too_far ? near : d.is_negative() ? near + unit : near - unit;
}

az::decimal floor_of(const az::decimal& d) {
    const az::decimal cut = cut_off(d, 0);
    return d < cut ? cut - az::decimal{1} : cut;
}

meaning operate_on_exacts(const az::operation_node& n, const az::decimal& d, const std::vector<meaning>& arguments) {
    const auto* second = arguments.size() > 1 ? std::get_if<az::decimal>(&arguments[1]) : nullptr;
    constexpr int digits_of_quotient = 40;
    switch (n.op) {
        case az::operation::round: return d.rescaled(static_cast<int>(n.option));
        case az::operation::truncate: return cut_off(d, static_cast<int>(n.option));
        case az::operation::floor: return floor_of(d);
        case az::operation::ceiling: return -floor_of(-d);
        case az::operation::sign: return std::int64_t{d.is_zero() ? 0 : d.is_negative() ? -1 : 1};
        case az::operation::floor_divide:
            return second && !second->is_zero() ? meaning{floor_of(divide(d, *second, digits_of_quotient))} : meaning{no_opinion{}};
        default: return no_opinion{};
    }
}

/// By way of the shortest decimal, which a small multiple of a power of two is.
meaning operate_on_reals(const az::operation_node& n, double d, const std::vector<meaning>& arguments) {
    const auto* second = arguments.size() > 1 ? std::get_if<double>(&arguments[1]) : nullptr;
    switch (n.op) {
        case az::operation::square_root: return d < 0 ? meaning{nothing{}} : meaning{std::sqrt(d)};
        case az::operation::floor_divide: return second && *second != 0 ? meaning{std::floor(d / *second)} : meaning{no_opinion{}};
        case az::operation::floor: return std::floor(d);
        case az::operation::ceiling: return std::ceil(d);
        case az::operation::sign: return std::int64_t{(d > 0) - (d < 0)};
        default: break;
    }
    const meaning exact = operate_on_exacts(n, az::decimal::from_double(d), arguments);
    const auto* made = std::get_if<az::decimal>(&exact);
    return made ? meaning{made->to_double()} : exact;
}

meaning extreme(bool largest, const std::vector<meaning>& arguments) {
    meaning best = arguments.front();
    for (const auto& a : arguments) {
        const meaning order = compare(a, best);
        const auto* by = std::get_if<std::int64_t>(&order);
        if (!by) return order;
        if (largest ? *by > 0 : *by < 0) best = a;
    }
    return best;
}

}  // namespace

meaning operate(const az::operation_node& n, const std::vector<meaning>& arguments) {
    if (arguments.empty()) return no_opinion{};
    if (n.op == az::operation::greatest || n.op == az::operation::least) return extreme(n.op == az::operation::greatest, arguments);
    const meaning& first = arguments.front();
    if (const auto* day = std::get_if<az::date>(&first)) return operate_on_days(n, *day, arguments);
    if (const auto* text = std::get_if<std::string>(&first)) return operate_on_texts(n, *text, arguments);
    if (const auto* integer = std::get_if<std::int64_t>(&first)) return operate_on_integers(n, *integer, arguments);
    if (const auto* exact = std::get_if<az::decimal>(&first)) return operate_on_exacts(n, *exact, arguments);
    if (const auto* real = std::get_if<double>(&first)) return operate_on_reals(n, *real, arguments);
    return no_opinion{};
}

}  // namespace properties
