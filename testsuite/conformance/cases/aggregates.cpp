// Aggregates of numbers and conditions: NULLs, empty sets, DISTINCT, FILTER.
#include "aggregates_parts.hpp"
#include "areas.hpp"
#include "claims.hpp"
#include "parts.hpp"
#include "sales.hpp"

namespace azoth::conformance {
namespace {

using namespace sales;

constexpr auto none = [] { return id > 100; };

void counts(context& on) {
    connection c = stocked(on);
    CHECK(told(c, select(func::count(), func::count(rating), func::count(region), func::count(region).distinct(),
                         func::count_distinct(product))
                      .select_from(entity<sale>)) == "8 6 8 3 3");
    CHECK(told(c, select(func::count(), func::count(rating), func::count(region).distinct()).select_from(entity<sale>).where(none())) ==
          "0 0 0");
}

/// FILTER takes rows in which the condition is true: one that is NULL takes none.
void filtered_counts(context& on) {
    connection c = stocked(on);
    CHECK(told(c, select(func::count().filter(amount > 4), func::count().filter(rating > 3.0), func::count(rating).filter(amount > 4),
                         func::count(region).distinct().filter(paid), func::count().filter(amount > 4, paid),
                         func::count().filter(none()))) == "5 4 4 3 4 0");
    CHECK(told(c, select(region, func::count().filter(paid)).group_by(region).order_by(region)) == "north 1, south 2, west 2");
}

void sums(context& on) {
    connection c = stocked(on);
    CHECK(told(c, select(func::sum(amount), func::sum(rating), func::sum(price), func::sum(flags))) == "35 20 121.2499 44");
    CHECK(told(c, select(func::sum(amount).distinct(), func::sum(rating).distinct(), func::sum(price).distinct())) == "18 16 118.9999");
    CHECK(told(c, select(func::sum(amount), func::sum(rating), func::sum(price)).where(none())) == "- - -");
    CHECK(told(c, select(func::sum(rating)).where(rating.is_null())) == "-");
    CHECK(told(c, select(func::sum(amount).filter(paid), func::sum(price).filter(amount < 3), func::sum(amount).filter(none()))) ==
          "26 10.5 -");
}

/// The sum of 32-bit integers has 64 bits, and takes part in comparisons and arithmetic as such.
void sums_are_wide(context& on) {
    connection c = stocked(on);
    c.execute(update<sale>().set(amount, 2'000'000'000));
    CHECK(told(c, select(func::sum(amount))) == "16000000000");
    CHECK(told(c, select(region).group_by(region).having(func::sum(amount) > 5'000'000'000).order_by(region)) == "north, south");
    CHECK(told(c, select(func::sum(amount) / 8)) == "2000000000");
    CHECK(told(c, select(func::sum(amount) + std::int64_t{1})) == "16000000001");
}

/// What a sum of 64-bit integers cannot hold is an error, not another number.
void sums_overflow(context& on) {
    connection c = stocked(on);
    c.execute(update<sale>().set(flags, std::numeric_limits<std::int64_t>::max()));
    CHECK_THROWS_AS(told(c, select(func::sum(flags))), data_error);
}

void averages(context& on) {
    connection c = stocked(on);
    CHECK(told(c, select(func::avg(amount), func::avg(rating), func::avg(amount).distinct())) == "4.375 3.333333333 3.6");
    CHECK(told(c, select(func::avg(amount), func::avg(price)).where(none())) == "- -");
    CHECK(told(c, select(func::avg(amount).filter(id <= 3))) == "4.333333333");
    CHECK(told(c, select(func::avg(price)).where(id.in({1, 2}))) == "1.875");
    const auto third = c.scalar(select(func::avg(price)).where(id.in({1, 2, 5})));
    REQUIRE(third.has_value());
    CHECK(std::abs(third->to_double() - 4.25 / 3) < 1e-9);
    CHECK(third->rescaled(8) == decimal{141'666'667, 8});
}

void extremes(context& on) {
    connection c = stocked(on);
    CHECK(told(c, select(func::min(amount), func::max(amount), func::min(price), func::max(price))) == "1 7 0.5 99.9999");
    CHECK(told(c, select(func::min(region), func::max(product), func::min(sold_on), func::max(sold_on))) == "north pear 1-1 2-1");
    CHECK(told(c, select(func::min(rating), func::max(rating), func::min(flags))) == "1 5 -1");
    CHECK(told(c, select(func::max(price)).where(none())) == "-");
    CHECK(told(c, select(func::max(price).filter(region == "south"), func::min(product).filter(paid))) == "10 apple");
}

void conditions(context& on) {
    connection c = stocked(on);
    CHECK(told(c, select(func::bool_and(amount > 0), func::bool_and(paid), func::bool_or(paid), func::bool_or(amount > 100))) ==
          "yes no yes no");
    CHECK(told(c, select(func::bool_and(rating > 0.5), func::bool_or(rating > 4.5))) == "yes yes");
    CHECK(told(c, select(func::bool_and(paid), func::bool_or(paid)).where(none())) == "- -");
    CHECK(told(c, select(func::bool_or(rating > 1.0)).where(rating.is_null())) == "-");
    CHECK(told(c, select(func::bool_and(paid).filter(region == "west"), func::bool_or(paid).filter(none()))) == "yes -");
    CHECK(told(c, select(region).group_by(region).having(func::bool_and(paid))) == "west");
}

void bits(context& on) {
    connection c = stocked(on);
    CHECK(told(c, select(func::bit_and(flags), func::bit_or(flags)).where(region == "north")) == "4 7");
    CHECK(told(c, select(func::bit_and(flags), func::bit_or(flags)).where(region == "west")) == "8 -1");
    CHECK(told(c, select(func::bit_or(amount), func::bit_and(amount))) == "7 0");
    CHECK(told(c, select(func::bit_and(flags), func::bit_or(flags)).where(none())) == "- -");
    CHECK(told(c, select(func::bit_or(flags).filter(region == "south"), func::bit_and(flags).filter(none()))) == "15 -");
}

bool near(const std::optional<double>& a, double b) { return a && std::abs(*a - b) < 1e-9; }

void statistics(context& on) {
    connection c = stocked(on);
    const auto [samp, pop, var_samp, var_pop] =
        c.execute(select(func::stddev_samp(amount), func::stddev_pop(amount), func::var_samp(amount), func::var_pop(amount))).one();
    CHECK(near(var_pop, 4.234375));
    CHECK(near(var_samp, 33.875 / 7));
    CHECK(near(pop, std::sqrt(4.234375)));
    CHECK(near(samp, std::sqrt(33.875 / 7)));
    CHECK(near(c.scalar(select(func::var_pop(rating))), (76.5 - 400.0 / 6) / 6));
    CHECK(near(c.scalar(select(func::var_pop(price)).where(id.in({1, 2}))), 0.140625));
    CHECK(near(c.scalar(select(func::var_samp(amount).filter(id <= 3))), 4.0 / 3));
}

void statistics_of_few(context& on) {
    connection c = stocked(on);
    CHECK(told(c,
               select(func::stddev_samp(amount), func::stddev_pop(amount), func::var_samp(amount), func::var_pop(amount)).where(id == 1)) ==
          "- 0 - 0");
    CHECK(told(c, select(func::stddev_samp(amount), func::var_pop(amount)).where(none())) == "- -");
    CHECK(told(c, select(func::var_pop(amount).filter(none()))) == "-");
}

void in_expressions(context& on) {
    connection c = stocked(on);
    CHECK(told(c, select(func::max(amount) - func::min(amount), func::sum(amount) * 2, -func::count())) == "6 70 -8");
    CHECK(told(c, select(region, func::sum(amount).label("total")).group_by(region).order_by(label_ref("total").desc(), region)) ==
          "west 14, south 12, north 9");
    const auto most = select(func::max(amount)).scalar();
    CHECK(told(c, select(id).where(amount == most).order_by(id)) == "6, 8");
    CHECK(told(c, select(func::sum(when(paid, amount).otherwise(0)))) == "26");
}

}  // namespace

std::vector<test_case> areas::aggregates_parts::numbers() {
    return {
        {"aggregates/count", "count(*) counts rows, count(x) what is not NULL, each value once where asked; 0 of nothing", {}, counts},
        {"aggregates/filter", "FILTER takes the rows for which all conditions hold", {}, filtered_counts},
        {"aggregates/sum", "sums of integers, doubles and decimals leave NULLs out, and are NULL over nothing", {}, sums},
        {"aggregates/sum-is-wide", "the sum of 32-bit integers is a 64-bit integer", {}, sums_are_wide},
        {"aggregates/sum-overflow", "a sum of more than 64 bits is an error", {}, sums_overflow},
        {"aggregates/avg", "averages of integers have fractions, of decimals are exact", {}, averages},
        {"aggregates/min-max", "the least and greatest of numbers, decimals, texts and dates", {}, extremes},
        {"aggregates/bool-and-or", "conditions of all rows and of any", {}, conditions},
        {"aggregates/bit-and-or", "bits of all rows and of any, with a sign, NULL over nothing", claims::bit_aggregates, bits},
        {"aggregates/statistics", "standard deviation and variance of integers, doubles and decimals", {}, statistics},
        {"aggregates/statistics-of-few", "of one value a sample has none, a population 0", {}, statistics_of_few},
        {"aggregates/in-expressions", "aggregates in arithmetic, in ORDER BY, as a scalar subquery", {}, in_expressions},
    };
}

std::vector<test_case> areas::aggregates_cases() {
    return parts::joined(
        {aggregates_parts::numbers(), aggregates_parts::collections(), aggregates_parts::ordered_sets(), aggregates_parts::groupings()});
}
std::vector<test_case> areas::windows_cases() { return parts::joined({aggregates_parts::window_functions(), aggregates_parts::frames()}); }
std::vector<test_case> areas::ordering_cases() { return parts::joined({aggregates_parts::orders(), aggregates_parts::limits()}); }

}  // namespace azoth::conformance
