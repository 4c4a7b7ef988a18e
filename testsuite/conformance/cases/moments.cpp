// Dates, times and intervals in expressions: they mean the same on every database, whatever its session's time zone.
#include "moments.hpp"
#include "areas.hpp"
#include "expect.hpp"

#include <array>

namespace azoth::conformance::moment_rows {

/// A visit: when it begins, and how long it takes.
struct visit {
    std::int64_t id{};
    date on{};
    time_of_day at{};
    local_timestamp planned{};
    timestamp seen{};
    std::chrono::microseconds length{};
    std::optional<date> paid{};
};

}  // namespace azoth::conformance::moment_rows

template <>
struct azoth::mapping<azoth::conformance::moment_rows::visit> {
    static azoth::table_map<azoth::conformance::moment_rows::visit> map() {
        using t = azoth::conformance::moment_rows::visit;
        return azoth::table_map<t>(azoth::conformance::mapped_name("visit"))
            .column<&t::id>(azoth::primary_key, azoth::not_generated)
            .column<&t::on>()
            .column<&t::at>()
            .column<&t::planned>()
            .column<&t::seen>()
            .column<&t::length>()
            .column<&t::paid>();
    }
};

namespace azoth::conformance {
namespace {

using namespace std::chrono_literals;
using moment_rows::visit;
using std::chrono::days;
using std::chrono::months;
using std::chrono::weeks;
using std::chrono::years;
using part = date_part;

/// The last moment that the database tells from the next day.
local_timestamp leap_night(context& on) { return wall(day(2024, 3, 1), {}) - grain(on); }

std::vector<visit> visits(context& on) {
    const auto tick = grain(on).count();
    return {{1, day(2024, 1, 31), clock(23, 30, 0), leap_night(on), utc(day(2024, 3, 10), clock(6, 30, 0)), 90min, day(2024, 2, 29)},
            {2, day(2021, 1, 3), clock(0, 0, 0, tick), wall(day(1969, 12, 31), clock(12, 0, 0, 500'000)),
             utc(day(1969, 12, 31), clock(23, 59, 59, 500'000)), -36h, std::nullopt},
            {3, day(2024, 12, 30), clock(9, 5, 7, 40 * tick), wall(day(2023, 11, 5), clock(1, 30, 0)),
             utc(day(2024, 11, 3), clock(4, 0, 0)), 0us, day(2025, 1, 15)}};
}

connection with_visits(context& on) {
    on.make_table<visit>();
    connection c = on.connect();
    c.execute(insert<visit>(), visits(on));
    return c;
}

/// A session in a zone that changes its clocks, where sessions have one.
void leave_utc(context& on, connection& c) {
    if (on.server().sql_server() == "PostgreSQL") run(c, "SET TIME ZONE 'America/New_York'");
}

template <class E>
auto told(connection& c, const E& e) {
    return c.scalar(select(e));
}
template <class E>
auto of_all(connection& c, const E& e) {
    return c.scalars(select(e).order_by(col<&visit::id>));
}

void the_clock(context& on) {
    connection c = on.connect();
    leave_utc(on, c);
    const auto before = std::chrono::system_clock::now() - 24h;
    const auto row = c.execute(select(func::now(), func::local_timestamp(), func::current_date(), func::current_time())).one();
    const auto& [now, local, today, time] = row;
    CHECK(now > before);
    CHECK(now < std::chrono::system_clock::now() + 24h);
    CHECK(local.time_since_epoch() == now.time_since_epoch());
    CHECK(std::chrono::sys_days{today} == std::chrono::floor<days>(now));
    CHECK(time.since_midnight == now - std::chrono::floor<days>(now));
}

struct known_day {
    date on;
    std::int64_t quarter, week, week_year, day_of_week, day_of_year, epoch;
};
constexpr std::array<known_day, 8> known_days{{{day(2021, 1, 3), 1, 53, 2020, 7, 3, 1'609'632'000},
                                               {day(2024, 12, 30), 4, 1, 2025, 1, 365, 1'735'516'800},
                                               {day(2024, 2, 29), 1, 9, 2024, 4, 60, 1'709'164'800},
                                               {day(2027, 1, 1), 1, 53, 2026, 5, 1, 1'798'761'600},
                                               {day(1970, 1, 1), 1, 1, 1970, 4, 1, 0},
                                               {day(1969, 9, 30), 3, 40, 1969, 2, 273, -8'035'200},
                                               {day(1, 1, 1), 1, 1, 1, 1, 1, -62'135'596'800},
                                               {day(9999, 12, 31), 4, 52, 9999, 5, 365, 253'402'214'400}}};

void parts_of_dates(context& on) {
    connection c = on.connect();
    for (const known_day& d : known_days) {
        INFO(to_string(d.on));
        const auto e = bound(d.on);
        CHECK(told(c, func::extract(part::year, e)) == static_cast<int>(d.on.year()));
        CHECK(told(c, func::extract(part::month, e)) == static_cast<unsigned>(d.on.month()));
        CHECK(told(c, func::extract(part::day, e)) == static_cast<unsigned>(d.on.day()));
        CHECK(told(c, func::extract(part::quarter, e)) == d.quarter);
        CHECK(told(c, func::extract(part::week, e)) == d.week);
        CHECK(told(c, func::extract(part::week_year, e)) == d.week_year);
        CHECK(told(c, func::extract(part::day_of_week, e)) == d.day_of_week);
        CHECK(told(c, func::extract(part::day_of_year, e)) == d.day_of_year);
        CHECK(told(c, func::extract(part::epoch, e)) == d.epoch);
    }
}

void parts_of_times(context& on) {
    connection c = on.connect();
    const auto last = 1'000'000 - grain(on).count();
    const auto at = bound(clock(23, 4, 59, last));
    CHECK(told(c, func::extract(part::hour, at)) == 23);
    CHECK(told(c, func::extract(part::minute, at)) == 4);
    CHECK(told(c, func::extract(part::second, at)) == 59);
    CHECK(told(c, func::extract(part::microsecond, at)) == last);
    const auto when = bound(leap_night(on));
    CHECK(told(c, func::extract(part::second, when)) == 59);
    CHECK(told(c, func::extract(part::microsecond, when)) == last);
    CHECK(told(c, func::extract(part::epoch, when)) == 1'709'251'199);
    CHECK(told(c, func::extract(part::epoch, bound(wall(day(1969, 12, 31), clock(23, 59, 59, 500'000))))) == -1);
}

void parts_of_columns(context& on) {
    connection c = with_visits(on);
    using whole = std::vector<std::int64_t>;
    const auto tick = grain(on).count();
    CHECK(of_all(c, func::extract(part::year, col<&visit::on>)) == whole{2024, 2021, 2024});
    CHECK(of_all(c, func::extract(part::microsecond, col<&visit::at>)) == whole{0, tick, 40 * tick});
    CHECK(of_all(c, func::extract(part::day, col<&visit::planned>)) == whole{29, 31, 5});
    CHECK(c.scalars(select(col<&visit::id>).where(func::extract(part::year, col<&visit::on>) == 2024).order_by(col<&visit::id>)) ==
          whole{1, 3});
    const auto year = func::extract(part::year, col<&visit::on>);
    CHECK(c.execute(select(year, func::count()).group_by(year).order_by(year)).all() ==
          std::vector<std::tuple<std::int64_t, std::int64_t>>{{2021, 1}, {2024, 2}});
}

void parts_in_utc(context& on) {
    connection c = with_visits(on);
    leave_utc(on, c);
    using whole = std::vector<std::int64_t>;
    CHECK(of_all(c, func::extract(part::hour, col<&visit::seen>)) == whole{6, 23, 4});
    CHECK(of_all(c, func::extract(part::day, col<&visit::seen>)) == whole{10, 31, 3});
    CHECK(of_all(c, func::extract(part::epoch, col<&visit::seen>)) == whole{1'710'052'200, -1, 1'730'606'400});
    CHECK(of_all(c, func::date_trunc(part::day, col<&visit::seen>)).front() == utc(day(2024, 3, 10), {}));
    CHECK(of_all(c, func::date_trunc(part::month, col<&visit::seen>)).back() == utc(day(2024, 11, 1), {}));
}

void parts_of_null(context& on) {
    connection c = with_visits(on);
    CHECK(of_all(c, func::extract(part::month, col<&visit::paid>)) == std::vector<std::optional<std::int64_t>>{2, std::nullopt, 1});
    CHECK(of_all(c, func::date_trunc(part::month, col<&visit::paid>)).at(1) == std::nullopt);
    CHECK(of_all(c, col<&visit::paid> + days{1}).at(1) == std::nullopt);
    CHECK(of_all(c, col<&visit::paid> + months{1}).at(1) == std::nullopt);
    CHECK(of_all(c, col<&visit::paid> - col<&visit::on>) == std::vector<std::optional<std::int64_t>>{29, std::nullopt, 16});
}

void beginnings_of_dates(context& on) {
    connection c = on.connect();
    const auto d = bound(day(2024, 12, 31));
    CHECK(told(c, func::date_trunc(part::year, d)) == day(2024, 1, 1));
    CHECK(told(c, func::date_trunc(part::quarter, d)) == day(2024, 10, 1));
    CHECK(told(c, func::date_trunc(part::month, d)) == day(2024, 12, 1));
    CHECK(told(c, func::date_trunc(part::week, d)) == day(2024, 12, 30));
    CHECK(told(c, func::date_trunc(part::day, d)) == day(2024, 12, 31));
    CHECK(told(c, func::date_trunc(part::week, bound(day(2021, 1, 3)))) == day(2020, 12, 28));
    CHECK(told(c, func::date_trunc(part::quarter, bound(day(2023, 5, 31)))) == day(2023, 4, 1));
    CHECK(told(c, func::date_trunc(part::year, bound(day(1, 12, 31)))) == day(1, 1, 1));
}

void beginnings_of_timestamps(context& on) {
    connection c = on.connect();
    const auto t = bound(wall(day(2024, 5, 31), clock(13, 14, 15, 161'700 + 18 * (grain(on).count() % 100))));
    CHECK(told(c, func::date_trunc(part::year, t)) == wall(day(2024, 1, 1), {}));
    CHECK(told(c, func::date_trunc(part::quarter, t)) == wall(day(2024, 4, 1), {}));
    CHECK(told(c, func::date_trunc(part::month, t)) == wall(day(2024, 5, 1), {}));
    CHECK(told(c, func::date_trunc(part::week, t)) == wall(day(2024, 5, 27), {}));
    CHECK(told(c, func::date_trunc(part::day, t)) == wall(day(2024, 5, 31), {}));
    CHECK(told(c, func::date_trunc(part::hour, t)) == wall(day(2024, 5, 31), clock(13, 0, 0)));
    CHECK(told(c, func::date_trunc(part::minute, t)) == wall(day(2024, 5, 31), clock(13, 14, 0)));
    CHECK(told(c, func::date_trunc(part::second, t)) == wall(day(2024, 5, 31), clock(13, 14, 15)));
}

void moved_dates(context& on) {
    connection c = with_visits(on);
    CHECK(of_all(c, col<&visit::on> + days{1}) == std::vector{day(2024, 2, 1), day(2021, 1, 4), day(2024, 12, 31)});
    CHECK(of_all(c, col<&visit::on> - weeks{1}) == std::vector{day(2024, 1, 24), day(2020, 12, 27), day(2024, 12, 23)});
    CHECK(of_all(c, col<&visit::on> + months{1}) == std::vector{day(2024, 2, 29), day(2021, 2, 3), day(2025, 1, 30)});
    CHECK(of_all(c, col<&visit::on> - months{2}) == std::vector{day(2023, 11, 30), day(2020, 11, 3), day(2024, 10, 30)});
    CHECK(told(c, bound(day(2024, 2, 29)) + years{1}) == day(2025, 2, 28));
    CHECK(told(c, bound(day(2024, 2, 29)) - years{4}) == day(2020, 2, 29));
    CHECK(told(c, bound(day(2024, 1, 31)) + months{1} + days{1}) == day(2024, 3, 1));
    CHECK(told(c, days{-1} + bound(day(2024, 3, 1))) == day(2024, 2, 29));
}

void moved_timestamps(context& on) {
    connection c = with_visits(on);
    const auto tick = grain(on);
    CHECK(of_all(c, col<&visit::planned> + tick).front() == wall(day(2024, 3, 1), {}));
    CHECK(of_all(c, col<&visit::planned> - days{1}).at(2) == wall(day(2023, 11, 4), clock(1, 30, 0)));
    CHECK(of_all(c, col<&visit::planned> + years{1}).front() == wall(day(2025, 3, 1), {}) - tick);
    CHECK(of_all(c, col<&visit::planned> - months{1}).at(1) == wall(day(1969, 11, 30), clock(12, 0, 0, 500'000)));
    CHECK(told(c, bound(leap_night(on)) + 36h + tick) == wall(day(2024, 3, 2), clock(12, 0, 0)));
}

void moved_times(context& on) {
    connection c = with_visits(on);
    const auto tick = grain(on);
    const auto n = tick.count();
    CHECK(of_all(c, col<&visit::at> + 1h) == std::vector{clock(0, 30, 0), clock(1, 0, 0, n), clock(10, 5, 7, 40 * n)});
    CHECK(of_all(c, col<&visit::at> - 2 * tick) ==
          std::vector{clock(23, 29, 59, 1'000'000 - 2 * n), clock(23, 59, 59, 1'000'000 - n), clock(9, 5, 7, 38 * n)});
    CHECK(of_all(c, col<&visit::at> + col<&visit::length>) == std::vector{clock(1, 0, 0), clock(12, 0, 0, n), clock(9, 5, 7, 40 * n)});
}

/// A day is 24 hours, and a month is UTC's, on both sides of the night in which the session's clocks change.
void moved_instants(context& on) {
    connection c = with_visits(on);
    leave_utc(on, c);
    CHECK(of_all(c, col<&visit::seen> + days{1}).front() == utc(day(2024, 3, 11), clock(6, 30, 0)));
    CHECK(of_all(c, col<&visit::seen> + months{1}) == std::vector{utc(day(2024, 4, 10), clock(6, 30, 0)),
                                                                  utc(day(1970, 1, 31), clock(23, 59, 59, 500'000)),
                                                                  utc(day(2024, 12, 3), clock(4, 0, 0))});
    CHECK(of_all(c, col<&visit::seen> + col<&visit::length>).front() == utc(day(2024, 3, 10), clock(8, 0, 0)));
    CHECK(of_all(c, col<&visit::seen> - col<&visit::length>).at(1) == utc(day(1970, 1, 2), clock(11, 59, 59, 500'000)));
}

void moved_by_columns(context& on) {
    connection c = with_visits(on);
    CHECK(of_all(c, func::add_days(col<&visit::on>, col<&visit::id>)) == std::vector{day(2024, 2, 1), day(2021, 1, 5), day(2025, 1, 2)});
    CHECK(of_all(c, func::add_months(col<&visit::on>, col<&visit::id>)) ==
          std::vector{day(2024, 2, 29), day(2021, 3, 3), day(2025, 3, 30)});
    CHECK(of_all(c, func::add_months(col<&visit::planned>, -col<&visit::id>)).front() == wall(day(2024, 1, 30), {}) - grain(on));
    CHECK(of_all(c, col<&visit::planned> + col<&visit::length>) ==
          std::vector{leap_night(on) + 90min, visits(on)[1].planned - 36h, visits(on)[2].planned});
}

void out_of_years(context& on) {
    connection c = on.connect();
    const auto tick = grain(on);
    CHECK_THROWS_AS(told(c, bound(day(9999, 12, 31)) + days{1}), data_error);
    c.rollback();
    CHECK_THROWS_AS(told(c, bound(day(9999, 12, 31)) + months{1}), data_error);
    c.rollback();
    CHECK_THROWS_AS(told(c, bound(day(2024, 1, 31)) + months{786'432}), data_error);  // 65,536 years
    c.rollback();
    CHECK_THROWS_AS(told(c, bound(wall(day(9999, 12, 31), clock(23, 59, 59, 1'000'000 - tick.count()))) + tick), data_error);
}

void differences(context& on) {
    connection c = on.connect();
    const auto tick = grain(on);
    const auto last = clock(23, 59, 59, 1'000'000 - tick.count());
    CHECK(told(c, bound(day(2024, 3, 1)) - day(2024, 2, 28)) == 2);
    CHECK(told(c, bound(day(1, 1, 1)) - day(9999, 12, 31)) == -3'652'058);
    CHECK(told(c, bound(clock(9, 0, 0)) - clock(10, 0, 0, 500'000)) == -(1h + 500'000us));
    CHECK(told(c, bound(leap_night(on)) - wall(day(2024, 2, 29), {})) == 24h - tick);
    CHECK(told(c, bound(wall(day(9999, 12, 31), last)) - wall(day(1, 1, 1), {})) == 315'537'897'600s - tick);
    CHECK(told(c, bound(utc(day(1970, 1, 1), {})) - utc(day(1969, 12, 31), last)) == tick);
}

void differences_of_columns(context& on) {
    connection c = with_visits(on);
    leave_utc(on, c);
    const auto since = col<&visit::seen> - utc(day(2024, 3, 9), clock(6, 30, 0));
    CHECK(of_all(c, since).front() == 24h);
    CHECK(c.scalars(select(col<&visit::id>).where(since > 24h)) == std::vector<std::int64_t>{3});
    CHECK(c.scalars(select(col<&visit::id>).where(since == 24h)) == std::vector<std::int64_t>{1});
    CHECK(of_all(c, col<&visit::at> - col<&visit::at>) == std::vector<std::chrono::microseconds>{0us, 0us, 0us});
    CHECK(c.scalars(select(col<&visit::id>).where(col<&visit::on> - day(2024, 1, 1) > 100)) == std::vector<std::int64_t>{3});
}

void intervals_alone(context& on) {
    connection c = with_visits(on);
    using spans = std::vector<std::chrono::microseconds>;
    CHECK(told(c, literal(std::chrono::microseconds{36h + 7us})) == 36h + 7us);
    CHECK(told(c, bound(std::chrono::microseconds{-1us})) == -1us);
    CHECK(of_all(c, col<&visit::length> + 30min) == spans{2h, -36h + 30min, 30min});
    CHECK(of_all(c, 1h - col<&visit::length>) == spans{-30min, 37h, 1h});
    CHECK(of_all(c, col<&visit::length> + col<&visit::length>) == spans{3h, -72h, 0us});
    CHECK(of_all(c, col<&visit::length> * 3) == spans{270min, -108h, 0us});
    CHECK(of_all(c, 1h * col<&visit::id>) == spans{1h, 2h, 3h});
    CHECK(of_all(c, (col<&visit::length> - 1us).as<std::int64_t>()) == std::vector<std::int64_t>{5'399'999'999, -129'600'000'001, -1});
    CHECK(told(c, literal(std::chrono::microseconds{1h}) + literal(std::chrono::microseconds{1us})) == 1h + 1us);
}

void intervals_compared(context& on) {
    connection c = with_visits(on);
    using ids = std::vector<std::int64_t>;
    const auto where = [&](const auto& condition) { return c.scalars(select(col<&visit::id>).where(condition).order_by(col<&visit::id>)); };
    CHECK(where(col<&visit::length> > 1h) == ids{1});
    CHECK(where(col<&visit::length> <= 0h) == ids{2, 3});
    CHECK(where(col<&visit::length> == 90min) == ids{1});
    CHECK(where(col<&visit::length>.in({0h, -36h})) == ids{2, 3});
    CHECK(where(col<&visit::length>.between(-1h, 100min)) == ids{1, 3});
    CHECK(c.scalars(select(col<&visit::id>).order_by(col<&visit::length>)) == ids{2, 3, 1});
}

void moments_compared(context& on) {
    connection c = with_visits(on);
    using ids = std::vector<std::int64_t>;
    const auto where = [&](const auto& condition) { return c.scalars(select(col<&visit::id>).where(condition).order_by(col<&visit::id>)); };
    CHECK(where(col<&visit::on> + months{1} > day(2024, 3, 1)) == ids{3});
    CHECK(where(col<&visit::on> == bound(day(2021, 1, 4)) - days{1}) == ids{2});
    CHECK(where(col<&visit::planned> + grain(on) == wall(day(2024, 3, 1), {})) == ids{1});
    CHECK(where(col<&visit::seen> < func::now() - days{30}) == ids{1, 2, 3});
    CHECK(where(col<&visit::seen> + 500'000us == utc(day(1970, 1, 1), {})) == ids{2});
    CHECK(where((col<&visit::at> + 1h).between(clock(0, 0, 0), clock(1, 0, 0))) == ids{1});
    CHECK(where(func::date_trunc(part::month, col<&visit::on>) == day(2024, 12, 1)) == ids{3});
    CHECK(c.scalars(select(col<&visit::id>).order_by(func::extract(part::month, col<&visit::on>).desc(), col<&visit::id>)) == ids{3, 1, 2});
}

void stored(context& on) {
    connection c = with_visits(on);
    c.execute(update<visit>()
                  .set(col<&visit::on>, col<&visit::on> + months{1})
                  .set(col<&visit::planned>, func::date_trunc(part::hour, col<&visit::planned>))
                  .set(col<&visit::seen>, func::now())
                  .set(col<&visit::length>, col<&visit::length> * 2)
                  .where(col<&visit::id> == 1));
    const auto changed = c.execute(select(entity<visit>).where(col<&visit::id> == 1)).one();
    const visit& v = std::get<0>(changed);
    CHECK(v.on == day(2024, 2, 29));
    CHECK(v.planned == wall(day(2024, 2, 29), clock(23, 0, 0)));
    CHECK(v.length == 3h);
    CHECK(c.scalars(select(col<&visit::id>).where(col<&visit::seen> == v.seen)) == std::vector<std::int64_t>{1});
}

/// One compiled statement serves all counts of a unit, and no other unit.
void counts_are_bound(context& on) {
    connection c = with_visits(on);
    const auto first = [&](const auto& e) { return of_all(c, e).front(); };
    for (int i = -40; i <= 40; i += 8) {
        CHECK(first(col<&visit::on> + days{i}) == date{std::chrono::sys_days{day(2024, 1, 31)} + days{i}});
        CHECK(first(col<&visit::planned> - std::chrono::hours{i}) == leap_night(on) - std::chrono::hours{i});
    }
    CHECK(first(col<&visit::on> + months{3}) == day(2024, 4, 30));
    CHECK(first(col<&visit::on> + days{3}) == day(2024, 2, 3));
    CHECK(first(func::extract(part::month, col<&visit::on>)) == 1);
    CHECK(first(func::extract(part::day, col<&visit::on>)) == 31);
}

}  // namespace

std::vector<test_case> areas::moments_cases() {
    return {
        {"moments/clock", "now, local_timestamp, current_date and current_time are one moment, in UTC", {}, &the_clock},
        {"moments/parts-of-dates", "parts of dates, ISO weeks at the years' ends included", {}, &parts_of_dates},
        {"moments/parts-of-times", "hours, minutes, whole seconds, microseconds and the epoch", {}, &parts_of_times},
        {"moments/parts-of-columns", "parts of columns, in conditions and groups", {}, &parts_of_columns},
        {"moments/parts-in-utc", "an instant's parts are UTC's, whatever the session's zone", {}, &parts_in_utc},
        {"moments/parts-of-null", "what is computed of NULL is NULL", {}, &parts_of_null},
        {"moments/beginnings-of-dates", "a date cut to its year, quarter, month and week", {}, &beginnings_of_dates},
        {"moments/beginnings-of-timestamps", "a timestamp cut to each of its parts", {}, &beginnings_of_timestamps},
        {"moments/moved-dates", "dates and days, weeks, months and years; a month's last day stays one", {}, &moved_dates},
        {"moments/moved-timestamps", "timestamps and microseconds, days, months", {}, &moved_timestamps},
        {"moments/moved-times", "times of day go round the clock", {}, &moved_times},
        {"moments/moved-instants", "a day of an instant has 24 hours, its month is UTC's", {}, &moved_instants},
        {"moments/moved-by-columns", "moments moved by what columns say", {}, &moved_by_columns},
        {"moments/out-of-years", "a moment beyond the year 9999 is an error", {}, &out_of_years},
        {"moments/differences", "days between dates, intervals between times, timestamps and instants", {}, &differences},
        {"moments/differences-of-columns", "differences of columns, in conditions", {}, &differences_of_columns},
        {"moments/intervals", "intervals are added, subtracted and multiplied", {}, &intervals_alone},
        {"moments/intervals-compared", "intervals are compared, listed and sorted", {}, &intervals_compared},
        {"moments/compared", "computed moments are compared with columns and values", {}, &moments_compared},
        {"moments/stored", "computed moments are stored as values are", {}, &stored},
        {"moments/counts-are-bound", "one statement serves all counts of a unit", {}, &counts_are_bound},
    };
}

}  // namespace azoth::conformance
