#include "expect.hpp"
#include "expressions_parts.hpp"
#include "steps.hpp"

#include <cmath>
#include <limits>

namespace azoth::conformance::areas {
namespace {

using whole = std::optional<std::int64_t>;

/// What the database computes; from bound values, so that nothing is folded into the SQL.
template <class E>
auto computed(connection& c, const E& e) {
    return c.scalar(select(e));
}

std::int64_t floored(connection& c, std::int64_t a, std::int64_t b) { return computed(c, floor_div(bound(a), bound(b))); }

void true_division(context& on) {
    connection c = on.connect();
    CHECK(computed(c, bound(std::int64_t{15}) / bound(std::int64_t{10})) == 1.5);
    CHECK(computed(c, bound(std::int64_t{-7}) / 2) == -3.5);
    CHECK(computed(c, literal(std::int64_t{1}) / 4) == 0.25);
    CHECK(computed(c, bound(15.5) / bound(2.0)) == 7.75);
    CHECK(computed(c, bound(decimal::parse("7")) / decimal::parse("2")) == decimal::parse("3.5"));
    CHECK(computed(c, bound(std::int64_t{3}) / bound(1.5)) == 2.0);
}

void floor_division_of_integers(context& on) {
    connection c = on.connect();
    CHECK(floored(c, 7, 2) == 3);
    CHECK(floored(c, -7, 2) == -4);
    CHECK(floored(c, 7, -2) == -4);
    CHECK(floored(c, -7, -2) == 3);
    CHECK(floored(c, -6, 2) == -3);
    CHECK(floored(c, 0, -5) == 0);
    const auto max = std::numeric_limits<std::int64_t>::max();
    CHECK(floored(c, max, 1) == max);
    CHECK(floored(c, max - 1, max) == 0);
    CHECK(floored(c, 1 - max, max) == -1);
    CHECK(floored(c, std::numeric_limits<std::int64_t>::min(), max) == -2);
    if (on.can().wide_decimals)
        CHECK(computed(c, floor_div(bound(std::uint64_t{18'446'744'073'709'551'615u}), std::uint64_t{2})) == 9'223'372'036'854'775'807u);
    CHECK(computed(c, floor_div(bound(std::uint32_t{7}), -2)) == -4);
}

void floor_division_of_decimals(context& on) {
    connection c = on.connect();
    const auto quotient = [&](const char* a, const char* b) { return computed(c, floor_div(bound(decimal::parse(a)), decimal::parse(b))); };
    CHECK(quotient("7.5", "2") == decimal{3});
    CHECK(quotient("-7.5", "2") == decimal{-4});
    CHECK(quotient("7.5", "-2.5") == decimal{-3});
    CHECK(quotient("-0.1", "10") == decimal{-1});
    if (on.can().wide_decimals) CHECK(quotient("99999999999999999999.99", "0.01") == decimal::parse("9999999999999999999999"));
    CHECK(computed(c, floor_div(bound(std::int64_t{-7}), decimal::parse("2"))) == decimal{-4});
}

void floor_division_of_doubles(context& on) {
    connection c = on.connect();
    CHECK(computed(c, floor_div(bound(7.5), 2.0)) == 3.0);
    CHECK(computed(c, floor_div(bound(-7.5), 2.0)) == -4.0);
    CHECK(computed(c, floor_div(bound(std::int64_t{-7}), 2.0)) == -4.0);
    CHECK(computed(c, floor_div(-7.0, bound(decimal::parse("2")))) == -4.0);
}

void division_of_columns(context& on) {
    connection c = stocked(on, 6);
    const auto& size = col<&item::size>;
    CHECK(c.scalars(select(floor_div(-size, 15)).order_by(col<&item::id>)) == std::vector<whole>{-1, -2, whole{}, -3, -4, whole{}});
    CHECK(c.scalars(select(col<&item::id>).where(floor_div(size, 15) == 2).order_by(col<&item::id>)) == std::vector<std::int64_t>{4});
    CHECK(c.scalars(select(size % 15).where(col<&item::id> < 3).order_by(col<&item::id>)) == std::vector<whole>{10, 5});
}

void remainders(context& on) {
    connection c = on.connect();
    CHECK(computed(c, bound(std::int64_t{-7}) % 2) == -1);
    CHECK(computed(c, bound(std::int64_t{7}) % -2) == 1);
    CHECK(computed(c, bound(decimal::parse("-7.5")) % decimal::parse("2")) == decimal::parse("-1.5"));
    CHECK(computed(c, bound(-7.5) % 2.0) == -1.5);
}

void rounding(context& on) {
    connection c = on.connect();
    const auto d = [&](const char* n, int digits) { return computed(c, func::round(bound(decimal::parse(n)), digits)); };
    CHECK(d("2.5", 0) == decimal{3});
    CHECK(d("-2.5", 0) == decimal{-3});
    CHECK(d("2.675", 2) == decimal::parse("2.68"));
    if (on.can().wide_decimals) CHECK(d("12345678901234567890.125", 2) == decimal::parse("12345678901234567890.13"));
    const auto r = [&](double n, int digits) { return computed(c, func::round(bound(n), digits)); };
    CHECK(r(2.5, 0) == 3.0);
    CHECK(r(-2.5, 0) == -3.0);
    CHECK(r(0.5, 0) == 1.0);
    CHECK(r(2.675, 2) == 2.68);
    CHECK(r(1.005, 2) == 1.01);
    CHECK(r(1e300, 2) == 1e300);
    CHECK(r(-1e17, 0) == -1e17);
    CHECK(r(1e-300, 2) == 0.0);
    CHECK(r(-5e-324, 30) == 0.0);
    CHECK(r(1.5e-30, 30) == 2e-30);
    CHECK(computed(c, func::truncate(bound(1e-300), 3)) == 0.0);
}

void cutting_off(context& on) {
    connection c = on.connect();
    const auto d = [&](const char* n, int digits) { return computed(c, func::truncate(bound(decimal::parse(n)), digits)); };
    CHECK(d("2.79", 1) == decimal::parse("2.7"));
    CHECK(d("-2.79", 0) == decimal{-2});
    CHECK(d("0.999", 2) == decimal::parse("0.99"));
    CHECK(computed(c, func::truncate(bound(1.15), 2)) == 1.15);
    CHECK(computed(c, func::truncate(bound(-1.999), 1)) == -1.9);
    CHECK(computed(c, func::ceil(bound(decimal::parse("-2.5")))) == decimal{-2});
    CHECK(computed(c, func::floor(bound(decimal::parse("-2.5")))) == decimal{-3});
    CHECK(computed(c, func::ceil(bound(2.1))) == 3.0);
    CHECK(computed(c, func::floor(bound(-2.1))) == -3.0);
}

void signs(context& on) {
    connection c = on.connect();
    CHECK(computed(c, func::sign(bound(std::int64_t{-9}))) == -1);
    CHECK(computed(c, func::sign(bound(decimal::parse("0.00")))) == 0);
    CHECK(computed(c, func::sign(bound(0.5))) == 1);
    CHECK(computed(c, func::sign(bound(whole{})).is_null()) == true);
}

void powers(context& on) {
    connection c = on.connect();
    const auto near = [](const std::optional<double>& a, double b) { return a && std::fabs(*a - b) < 1e-12; };
    CHECK(computed(c, func::power(bound(std::int64_t{2}), 10)) == 1024.0);
    CHECK(near(computed(c, func::power(bound(decimal::parse("2")), 0.5)), std::sqrt(2.0)));
    CHECK(computed(c, func::sqrt(bound(16.0))) == 4.0);
    CHECK(near(computed(c, func::exp(bound(1.0))), std::exp(1.0)));
    CHECK(near(computed(c, func::ln(bound(std::exp(2.0)))), 2.0));
    CHECK(near(computed(c, func::log10(bound(std::int64_t{1000}))), 3.0));
}

/// NULL, and no error.
void undefined_roots(context& on) {
    connection c = on.connect();
    CHECK(computed(c, func::sqrt(bound(-1.0))) == std::nullopt);
    CHECK(computed(c, func::ln(bound(0.0))) == std::nullopt);
    CHECK(computed(c, func::ln(bound(decimal{-1}))) == std::nullopt);
    CHECK(computed(c, func::log10(bound(-0.5))) == std::nullopt);
    CHECK(computed(c, func::sqrt(bound(std::optional<double>{}))) == std::nullopt);
}

void too_large_powers(context& on) {
    connection c = on.connect();
    const auto fails = [&](const auto& e) {
        const bool failed = failure_of([&] { return computed(c, e); }).has_value();
        c.rollback();
        return failed;
    };
    CHECK(fails(func::exp(bound(1000.0))));
    CHECK(fails(func::power(bound(1e300), 2)));
    CHECK(fails(func::power(bound(-8.0), 0.5)));
    CHECK(fails(func::power(bound(0.0), -1)));
    check_usable(c);
}

void extremes(context& on) {
    connection c = stocked(on, 3);
    const auto& size = col<&item::size>;
    CHECK(c.scalars(select(func::greatest(size, 15, col<&item::id>)).order_by(col<&item::id>)) == std::vector<whole>{15, 20, whole{}});
    CHECK(c.scalars(select(func::least(size, 15)).order_by(col<&item::id>)) == std::vector<whole>{10, 15, whole{}});
    CHECK(computed(c, func::greatest(bound(decimal::parse("10.5")), decimal::parse("9.25"))) == decimal::parse("10.5"));
    CHECK(computed(c, func::least(bound(std::string{"b"}), "a")) == "a");
    CHECK(computed(c, func::greatest(bound(1.5), std::optional<double>{})) == std::nullopt);
}

/// Nothing is cut to the type of the first.
void widest_of_several(context& on) {
    connection c = stocked(on, 3);
    constexpr std::int64_t large = 5'000'000'000;
    const auto narrow = bound(std::int32_t{7});
    const auto wide = bound(large);
    CHECK(computed(c, func::greatest(narrow, wide)) == large);
    CHECK(computed(c, func::coalesce(bound(std::optional<std::int32_t>{}), wide)) == large);
    CHECK(computed(c, func::coalesce(bound(std::optional<std::int32_t>{}), 2.5)) == 2.5);
    CHECK(computed(c, when(wide > 0, narrow).otherwise(wide)) == 7);
    CHECK(computed(c, when(wide < 0, narrow).otherwise(wide)) == large);
    const auto& id = col<&item::id>;
    CHECK(c.scalars(select(id).where(func::least(func::coalesce(narrow, 0), -wide, 0).in({-large, std::int64_t{0}})).order_by(id)) ==
          std::vector<std::int64_t>{1, 2, 3});
    CHECK(c.scalars(select(id).where(when(id == 2, narrow).otherwise(wide).in({large, std::int64_t{7}})).order_by(id)) ==
          std::vector<std::int64_t>{1, 2, 3});
}

void null_functions(context& on) {
    connection c = stocked(on, 3);
    const auto& size = col<&item::size>;
    CHECK(c.scalars(select(func::nullif(size, 20)).order_by(col<&item::id>)) == std::vector<whole>{10, whole{}, whole{}});
    CHECK(c.scalars(select(func::coalesce(size, 0)).order_by(col<&item::id>)) == std::vector<std::int64_t>{10, 20, 0});
}

void random_numbers(context& on) {
    connection c = stocked(on, 50);
    const auto all = c.scalars(select(func::random()).select_from(entity<item>));
    CHECK(all.size() == 50);
    CHECK(std::all_of(all.begin(), all.end(), [](double n) { return n >= 0 && n < 1; }));
    CHECK(std::any_of(all.begin(), all.end(), [&](double n) { return n != all.front(); }));
}

void bits(context& on) {
    connection c = on.connect();
    const auto n = [](std::int64_t v) { return bound(v); };
    CHECK(computed(c, n(12).bitwise_and(10)) == 8);
    CHECK(computed(c, n(12).bitwise_or(10)) == 14);
    CHECK(computed(c, n(12).bitwise_xor(10)) == 6);
    CHECK(computed(c, n(5).bitwise_not()) == -6);
    CHECK(computed(c, n(-8).bitwise_and(-4)) == -8);
    CHECK(computed(c, n(-5).bitwise_xor(3)) == -8);
    CHECK(computed(c, bound(std::int32_t{12}).bitwise_and(std::int64_t{10})) == 8);
    const auto lowest = bound(std::numeric_limits<std::int32_t>::min());
    CHECK(computed(c, -lowest.bitwise_and(lowest)) == 2'147'483'648);  // no 32 bits hold it
    CHECK(computed(c, -bound(std::numeric_limits<std::int32_t>::max()).bitwise_not()) == 2'147'483'648);
    CHECK(computed(c, bound(whole{}).bitwise_or(1)) == std::nullopt);
}

void shifts(context& on) {
    connection c = on.connect();
    CHECK(computed(c, bound(std::int64_t{3}).bitwise_lshift(4)) == 48);
    CHECK(computed(c, bound(std::int32_t{1}).bitwise_lshift(40)) == std::int64_t{1} << 40);
    CHECK(computed(c, bound(std::int64_t{1}).bitwise_lshift(63)) == std::numeric_limits<std::int64_t>::min());
    CHECK(computed(c, bound(std::int64_t{-8}).bitwise_rshift(1)) == -4);
    CHECK(computed(c, bound(std::int64_t{-7}).bitwise_rshift(1)) == -4);
    CHECK(computed(c, bound(std::int64_t{-1}).bitwise_rshift(63)) == -1);
    CHECK(computed(c, bound(std::numeric_limits<std::int64_t>::max()).bitwise_rshift(62)) == 1);
    CHECK(computed(c, bound(std::int64_t{5}).bitwise_lshift(0)) == 5);
}

void bits_of_columns(context& on) {
    connection c = stocked(on, 5);
    const auto& id = col<&item::id>;
    CHECK(c.scalars(select(id).where(id.bitwise_and(1) == 1).order_by(id)) == std::vector<std::int64_t>{1, 3, 5});
    CHECK(c.scalars(select(id.bitwise_or(8) * 2).where(id < 3).order_by(id)) == std::vector<std::int64_t>{18, 20});
}

}  // namespace

std::vector<test_case> expressions_parts::numbers() {
    return {
        {"expressions/true-division", "/ is true division, of integers too", {}, true_division},
        {"expressions/floor-division-integers",
         "floor division of integers rounds down, whatever the signs",
         {},
         floor_division_of_integers},
        {"expressions/floor-division-decimals", "floor division of decimals rounds down", {}, floor_division_of_decimals},
        {"expressions/floor-division-doubles", "floor division of doubles rounds down", {}, floor_division_of_doubles},
        {"expressions/division-of-columns", "floor division and remainder of a column, NULL staying NULL", {}, division_of_columns},
        {"expressions/remainders", "a remainder has the dividend's sign", {}, remainders},
        {"expressions/round", "round goes half away from zero, of doubles too", {}, rounding},
        {"expressions/truncate", "truncate, ceil and floor", {}, cutting_off},
        {"expressions/sign", "sign is -1, 0 or 1", {}, signs},
        {"expressions/powers", "power, sqrt, exp and logarithms", {}, powers},
        {"expressions/undefined-roots", "roots and logarithms that are not defined are NULL", {}, undefined_roots},
        {"expressions/too-large-powers", "powers that no double holds are errors", {}, too_large_powers},
        {"expressions/greatest-least", "greatest and least are NULL where an argument is", {}, extremes},
        {"expressions/widest-of-several", "greatest, least, coalesce and CASE have the widest number's type", {}, widest_of_several},
        {"expressions/nullif-coalesce", "nullif and coalesce", {}, null_functions},
        {"expressions/random", "random is from 0 up to 1, another for each row", {}, random_numbers},
        {"expressions/bitwise", "bitwise operations give signed integers", {}, bits},
        {"expressions/shifts", "shifts of 64 bits; to the right the sign stays", {}, shifts},
        {"expressions/bitwise-of-columns", "bitwise operations in conditions and arithmetic", {}, bits_of_columns},
    };
}

}  // namespace azoth::conformance::areas
