#pragma once

#include <azoth/sql/expression.hpp>
#include <azoth/sql/nodes/moment.hpp>

#include <chrono>
#include <type_traits>

namespace azoth {

namespace detail {

AZOTH_API node_ptr make_extract(const node_ptr& from, date_part part);
AZOTH_API node_ptr make_truncated(const node_ptr& moment, date_part to);
AZOTH_API node_ptr make_now(operation op, type_kind kind);
/// Adds a constant number of days or months. Numbers beyond 32 bits throw data_error (value-range).
AZOTH_API node_ptr make_shifted(operation op, const node_ptr& moment, interval_unit unit, std::int64_t count);
AZOTH_API node_ptr make_shifted(operation op, const node_ptr& moment, interval_unit unit, const node_ptr& count);
AZOTH_API node_ptr make_difference(const node_ptr& later, const node_ptr& earlier);

constexpr bool is_moment(type_family f) noexcept {
    return f == type_family::date || f == type_family::time || f == type_family::timestamp || f == type_family::instant;
}

constexpr bool has_part(type_family moment, date_part part) noexcept {
    const bool is_of_day = part >= date_part::hour && part <= date_part::microsecond;
    switch (moment) {
        case type_family::date: return !is_of_day;
        case type_family::time: return is_of_day;
        case type_family::timestamp:
        case type_family::instant:
        case type_family::unknown: return true;
        default: return false;
    }
}
constexpr bool can_be_cut(type_family moment, date_part to) noexcept {
    if (moment == type_family::time || !has_part(moment, to)) return false;
    return to <= date_part::day || (to >= date_part::hour && to <= date_part::second);
}

// No constant expressions, so that the compiler names them where a part is wrong.
void a_moment_of_this_type_has_no_such_part();
void a_moment_of_this_type_cannot_be_truncated_to_this_part();

/// A part that moments of E's type have; checked when the program is compiled.
template <class E>
class part_of {
public:
    consteval part_of(date_part part) : part_{part} {
        if (!has_part(family_v<E>, part)) a_moment_of_this_type_has_no_such_part();
    }
    [[nodiscard]] constexpr date_part get() const noexcept { return part_; }

private:
    date_part part_;
};
template <class E>
class cut_of {
public:
    consteval cut_of(date_part part) : part_{part} {
        if (!can_be_cut(family_v<E>, part)) a_moment_of_this_type_cannot_be_truncated_to_this_part();
    }
    [[nodiscard]] constexpr date_part get() const noexcept { return part_; }

private:
    date_part part_;
};

/// How long a C++ duration's tick is: months and years have no fixed length, days and weeks are what a date can be moved by.
enum class ticks { none, month, day, time };
template <class V>
inline constexpr ticks ticks_v = ticks::none;
template <class Rep, class Period>
inline constexpr ticks ticks_v<std::chrono::duration<Rep, Period>> =
    std::ratio_divide<Period, std::chrono::months::period>::den == 1 ? ticks::month
    : std::ratio_divide<Period, std::chrono::days::period>::den == 1 ? ticks::day
                                                                     : ticks::time;

template <class V>
inline constexpr bool is_interval_v = ticks_v<V> != ticks::none || family_v<V> == type_family::interval;
template <class V>
inline constexpr bool is_moment_v = is_moment(family_v<V>);

template <class L, class R>
concept moment_operands = operands<L, R> &&(is_moment_v<L> || is_moment_v<R> || is_interval_v<L> || is_interval_v<R>);

template <class V>
std::chrono::microseconds as_microseconds(const V& v) {
    static_assert(std::integral<typename V::rep>, "azoth: an interval is a whole number of microseconds: use an integral duration");
    static_assert(std::is_convertible_v<V, std::chrono::microseconds>,
                  "azoth: databases keep microseconds: cast a finer duration with std::chrono::duration_cast or floor");
    if constexpr (std::is_convertible_v<V, std::chrono::microseconds>) return v;
    else return {};
}

/// The node of an interval: an expression's, or a bind.
template <class V>
node_ptr interval_node(const V& v) {
    if constexpr (ticks_v<V> != ticks::none) return make_bind(value{as_microseconds(v)}, nullptr);
    else return node_of(v);
}

template <class M, class V>
consteval void check_shift() {
    constexpr type_family f = family_v<M>;
    static_assert(is_interval_v<V>, "azoth: a moment is moved by a duration such as std::chrono::days{1}, or by an interval column");
    static_assert(f != type_family::date || ticks_v<V> == ticks::day || ticks_v<V> == ticks::month || !is_interval_v<V>,
                  "azoth: a date is moved by whole days, weeks, months or years: cast it with .as<azoth::local_timestamp>() for less");
    static_assert(f != type_family::time || ticks_v<V> == ticks::time || ticks_v<V> == ticks::none || !is_interval_v<V>,
                  "azoth: a time of day knows no days, months or years");
}

/// A moment moved by a duration or an interval.
template <class M, class V>
auto shifted(operation op, const M& moment, const V& by) {
    check_shift<M, V>();
    using result = expr<nullable_like_t<bare_t<M>, M, V>>;
    const node_ptr m = node_of(moment);
    if constexpr (ticks_v<V> == ticks::month)
        return result{make_shifted(op, m, interval_unit::month, static_cast<std::int64_t>(std::chrono::months{by}.count()))};
    else if constexpr (family_v<M> == type_family::date && ticks_v<V> == ticks::day)
        return result{make_shifted(op, m, interval_unit::day, static_cast<std::int64_t>(std::chrono::days{by}.count()))};
    else return result{make_shifted(op, m, interval_unit::microsecond, interval_node(by))};
}

template <class L, class R>
consteval void check_interval_arithmetic() {
    static_assert(is_interval_v<L> && is_interval_v<R>, "azoth: to an interval only an interval or a duration is added");
    static_assert(ticks_v<L> != ticks::month && ticks_v<R> != ticks::month, "azoth: months and years have no fixed length");
}

template <class L, class R>
auto combined_intervals(binary_operator op, const L& l, const R& r) {
    check_interval_arithmetic<L, R>();
    using result = expr<nullable_like_t<std::chrono::microseconds, L, R>>;
    return result{make_binary(op, interval_node(l), interval_node(r))};
}

template <class L, class R>
auto difference(const L& later, const R& earlier) {
    constexpr type_family l = family_v<L>;
    constexpr type_family r = family_v<R>;
    constexpr auto are = [](type_family a, type_family b) { return (l == a && r == b) || (l == b && r == a); };
    static_assert(!are(type_family::timestamp, type_family::instant),
                  "azoth: a timestamp without zone and an instant have no difference: nobody knows the zone");
    static_assert(l == r || l == type_family::unknown || r == type_family::unknown || are(type_family::timestamp, type_family::instant),
                  "azoth: only moments of one type have a difference: cast one of them");
    using plain = std::conditional_t<l == type_family::date, std::int64_t, std::chrono::microseconds>;
    const node* like = nullptr;
    if constexpr (expression<L>) like = later.node().get();
    else like = earlier.node().get();
    return expr<nullable_like_t<plain, L, R>>{make_difference(node_of(later, like), node_of(earlier, like))};
}

}  // namespace detail

// clang-format off
/// A moment moved by a duration or an interval. A date takes whole days, weeks, months and years; a time of day goes round the clock. Where
/// the month has no such day, it is the month's last: January 31 and a month is February 28 or 29. Of an instant, months are UTC's.
template <class L, class R> requires detail::moment_operands<L, R>
[[nodiscard]] auto operator+(const L& l, const R& r) {
    if constexpr (detail::is_moment_v<L>) return detail::shifted(operation::add_interval, l, r);
    else if constexpr (detail::is_moment_v<R>) return detail::shifted(operation::add_interval, r, l);
    else return detail::combined_intervals(binary_operator::add, l, r);
}
/// The same backwards; or what lies between two moments of one type: days as an integer between dates, else an interval.
template <class L, class R> requires detail::moment_operands<L, R>
[[nodiscard]] auto operator-(const L& l, const R& r) {
    if constexpr (detail::is_moment_v<L> && !detail::is_moment_v<R>) return detail::shifted(operation::subtract_interval, l, r);
    else if constexpr (detail::is_moment_v<R>) return detail::difference(l, r);
    else return detail::combined_intervals(binary_operator::subtract, l, r);
}
// clang-format on
/// An interval so many times.
template <class L, class R>
requires detail::moment_operands<L, R>
[[nodiscard]] auto operator*(const L& l, const R& r) {
    constexpr bool first = detail::is_interval_v<L>;
    using factor = detail::bare_t<std::conditional_t<first, R, L>>;
    static_assert(!detail::is_moment_v<L> && !detail::is_moment_v<R> && std::integral<factor> && !std::same_as<factor, bool>,
                  "azoth: only an interval can be multiplied, and by an integer");
    using result = expr<detail::nullable_like_t<std::chrono::microseconds, L, R>>;
    if constexpr (first) return result{detail::make_binary(binary_operator::multiply, detail::interval_node(l), detail::node_of(r))};
    else return result{detail::make_binary(binary_operator::multiply, detail::node_of(l), detail::interval_node(r))};
}

namespace func {

/// A part of a date, a time of day, a timestamp or, in UTC, an instant. A part that the type does not have does not compile.
template <expression E>
[[nodiscard]] auto extract(std::type_identity_t<detail::part_of<E>> part, const E& from) {
    return expr<detail::nullable_like_t<std::int64_t, E>>{detail::make_extract(from.node(), part.get())};
}
/// The beginning of the year, quarter, month, week, day, hour, minute or second; of an instant in UTC.
template <expression E>
[[nodiscard]] auto date_trunc(std::type_identity_t<detail::cut_of<E>> to, const E& moment) {
    return expr<typename E::value_type>{detail::make_truncated(moment.node(), to.get())};
}

/// When the statement began, by the database's clock: an instant.
[[nodiscard]] inline expr<timestamp> now() {
    return expr<timestamp>{detail::make_now(operation::current_timestamp, type_kind::timestamp_tz)};
}
/// The same as what a clock in UTC shows.
[[nodiscard]] inline expr<azoth::local_timestamp> local_timestamp() {
    return expr<azoth::local_timestamp>{detail::make_now(operation::local_timestamp, type_kind::timestamp)};
}
[[nodiscard]] inline expr<date> current_date() { return expr<date>{detail::make_now(operation::current_date, type_kind::date)}; }
[[nodiscard]] inline expr<time_of_day> current_time() {
    return expr<time_of_day>{detail::make_now(operation::current_time, type_kind::time)};
}

/// A date or timestamp moved by a number that the database knows: days and months, which may be negative.
template <expression E, expression N>
[[nodiscard]] auto add_days(const E& moment, const N& days) {
    static_assert(detail::family_v<E> == type_family::date, "azoth: add_days() needs a date: to a timestamp add an interval");
    static_assert(std::integral<detail::bare_t<N>>, "azoth: add_days() takes a whole number of days");
    return expr<detail::nullable_like_t<detail::bare_t<E>, E, N>>{
        detail::make_shifted(operation::add_interval, moment.node(), interval_unit::day, days.node())};
}
template <expression E, expression N>
[[nodiscard]] auto add_months(const E& moment, const N& months) {
    static_assert(detail::is_moment_v<E> && detail::family_v<E> != type_family::time, "azoth: add_months() needs a date or a timestamp");
    static_assert(std::integral<detail::bare_t<N>>, "azoth: add_months() takes a whole number of months");
    return expr<detail::nullable_like_t<detail::bare_t<E>, E, N>>{
        detail::make_shifted(operation::add_interval, moment.node(), interval_unit::month, months.node())};
}

}  // namespace func

}  // namespace azoth
