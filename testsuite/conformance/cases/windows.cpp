// Window functions, aggregates over windows, and windows that a query names.
#include "aggregates_parts.hpp"
#include "claims.hpp"
#include "sales.hpp"

namespace azoth::conformance {
namespace {

using namespace sales;

void over_all(context& on) {
    connection c = stocked(on);
    CHECK(told(c, select(id, func::count().over(), func::sum(amount).over()).where(id < 4).order_by(id)) == "1 3 13, 2 3 13, 3 3 13");
    CHECK(told(c, select(id, func::count().over()).where(id > 100)).empty());
}

void places(context& on) {
    connection c = stocked(on);
    const auto w = window{}.order_by(amount.desc());
    CHECK(told(c, select(id, func::rank().over(w), func::dense_rank().over(w)).order_by(id)) ==
          "1 3 2, 2 6 3, 3 3 2, 4 7 4, 5 8 5, 6 1 1, 7 3 2, 8 1 1");
    CHECK(told(c, select(id, func::row_number().over(window{}.order_by(region, id.desc()))).order_by(id)) ==
          "1 3, 2 2, 3 6, 4 5, 5 1, 6 8, 7 4, 8 7");
    CHECK(told(c, select(id, func::row_number().over(partition_by(region).order_by(id))).order_by(id)) ==
          "1 1, 2 2, 3 1, 4 2, 5 3, 6 1, 7 3, 8 2");
}

void parts_of_windows(context& on) {
    connection c = stocked(on);
    const auto w = window{}.order_by(amount);
    CHECK(told(c, select(id, func::percent_rank().over(w), func::cume_dist().over(w)).where(id.in({1, 2, 3, 5})).order_by(id)) ==
          "1 0.6666666667 1, 2 0.3333333333 0.5, 3 0.6666666667 1, 5 0 0.25");
    CHECK(told(c, select(id, func::ntile(3).over(window{}.order_by(id))).order_by(id)) == "1 1, 2 1, 3 1, 4 2, 5 2, 6 2, 7 3, 8 3");
}

void neighbours(context& on) {
    connection c = stocked(on);
    const auto w = window{}.order_by(id);
    CHECK(told(c, select(id, func::lag(amount).over(w), func::lead(region, 2).over(w)).order_by(id)) ==
          "1 - south, 2 5 south, 3 3 north, 4 5 west, 5 2 south, 6 1 west, 7 7 -, 8 5 -");
    CHECK(told(c, select(id, func::lag(product, 1).over(partition_by(region).order_by(id))).order_by(id)) ==
          "1 -, 2 apple, 3 -, 4 apple, 5 pear, 6 -, 7 -, 8 fig");
    CHECK(told(c, select(id, func::lag(amount, 0).over(w)).where(id < 3).order_by(id)) == "1 5, 2 3");
}

/// The default stands for rows that are not there, not for values that are NULL.
void neighbours_with_default(context& on) {
    connection c = stocked(on);
    const auto w = window{}.order_by(id);
    CHECK(told(c, select(id, func::lag(amount, 1, -1).over(w), func::lead(amount, 3, 0).over(w)).order_by(id)) ==
          "1 -1 2, 2 5 1, 3 3 7, 4 5 5, 5 2 7, 6 1 0, 7 7 0, 8 5 0");
    CHECK(told(c, select(id, func::lag(product, 1, "none").over(w)).order_by(id)) ==
          "1 none, 2 apple, 3 pear, 4 apple, 5 -, 6 apple, 7 fig, 8 pear");
    CHECK(told(c, select(id, func::lead(price, 1, decimal{5, 1}).over(w)).where(id > 6).order_by(id)) == "7 3, 8 0.5");
}

void values_of_frames(context& on) {
    connection c = stocked(on);
    const auto w = partition_by(region).order_by(id);
    CHECK(told(c, select(id, func::first_value(amount).over(w), func::last_value(amount).over(w), func::nth_value(amount, 2).over(w))
                      .order_by(id)) == "1 5 5 -, 2 5 3 3, 3 5 5 -, 4 5 2 2, 5 5 1 3, 6 7 7 -, 7 5 5 2, 8 7 7 7");
    const auto whole = w.rows(std::nullopt, std::nullopt);
    CHECK(told(c, select(id, func::last_value(price).over(whole)).where(region == "north").order_by(id)) == "1 0.5, 2 0.5, 5 0.5");
}

/// Without a frame an order means: up to here, with all rows at this place.
void running_sums(context& on) {
    connection c = stocked(on);
    CHECK(told(c, select(id, func::sum(amount).over(window{}.order_by(id))).order_by(id)) ==
          "1 5, 2 8, 3 13, 4 15, 5 16, 6 23, 7 28, 8 35");
    CHECK(told(c, select(id, func::sum(amount).over(window{}.order_by(sold_on))).order_by(id)) ==
          "1 5, 2 13, 3 13, 4 15, 5 16, 6 28, 7 28, 8 35");
    CHECK(told(c, select(id, func::sum(price).over(partition_by(region).order_by(id)), func::avg(rating).over(partition_by(region)))
                      .order_by(id)) ==
          "1 1.5 4.5, 2 3.75 4.5, 3 1.75 2.333333333, 4 11.75 2.333333333, 5 4.25 4.5, 6 99.9999 4, 7 14 2.333333333, 8 102.9999 4");
}

void aggregates_of_windows(context& on) {
    connection c = stocked(on);
    const auto w = partition_by(region);
    CHECK(
        told(c, select(id, func::bool_and(paid).over(w), func::bit_or(flags).over(w), func::max(product).over(w), func::min(price).over(w))
                    .where(id.in({1, 3, 4, 6}))
                    .order_by(id)) == "1 yes 7 apple 1.5, 3 yes 12 apple 1.75, 4 yes 12 apple 1.75, 6 yes -1 fig 99.9999");
    const auto moving = window{}.order_by(id).rows(-1, 0);
    CHECK(told(c, select(id, func::var_pop(amount).over(moving), func::bit_and(amount).over(moving)).where(id < 5).order_by(id)) ==
          "1 0 5, 2 1 1, 3 1 1, 4 2.25 0");
    CHECK(told(c, select(id, func::stddev_samp(amount).over(moving)).where(id < 3).order_by(id)) == "1 -, 2 1.414213562");
}

void filtered_windows(context& on) {
    connection c = stocked(on);
    CHECK(told(c, select(id, func::count().filter(paid).over(window{}.order_by(id)),
                         func::sum(amount).filter(amount > 4).over(partition_by(region)))
                      .order_by(id)) == "1 1 5, 2 1 5, 3 2 10, 4 3 10, 5 3 5, 6 4 14, 7 4 10, 8 5 14");
}

void named_windows(context& on) {
    connection c = stocked(on);
    CHECK(told(c, select(id, func::row_number().over("w"), func::sum(amount).over("w"), func::count().over("all"))
                      .window("w", partition_by(region).order_by(id))
                      .window("all", window{})
                      .order_by(id)) == "1 1 5 8, 2 2 8 8, 3 1 5 8, 4 2 7 8, 5 3 9 8, 6 1 7 8, 7 3 12 8, 8 2 14 8");
    CHECK(
        told(c, select(id, func::sum(amount).over(window{"w"}.order_by(id).rows(-1, 0))).window("w", partition_by(region)).order_by(id)) ==
        "1 5, 2 8, 3 5, 4 7, 5 4, 6 7, 7 7, 8 14");
    CHECK(told(c, select(id, func::sum(amount).over("a \"b\" `c`")).window("a \"b\" `c`", window{}).where(id < 3).order_by(id)) ==
          "1 8, 2 8");
}

void in_order_by(context& on) {
    connection c = stocked(on);
    CHECK(told(c, select(id).order_by(func::rank().over(window{}.order_by(amount.desc())), id.desc())) == "8, 6, 7, 3, 1, 2, 4, 5");
    CHECK(told(c, select(region, func::sum(func::sum(amount)).over(window{}.order_by(region))).group_by(region).order_by(region)) ==
          "north 9, south 21, west 35");
}

void nulls_in_windows(context& on) {
    connection c = stocked(on);
    const auto numbered = [&](const auto& order) {
        return told(c, select(id, func::row_number().over(window{}.order_by(order, id))).where(id < 5).order_by(id));
    };
    CHECK(numbered(rating.asc(nulls_order::first)) == "1 4, 2 1, 3 2, 4 3");
    CHECK(numbered(rating.asc(nulls_order::last)) == "1 3, 2 4, 3 1, 4 2");
    CHECK(numbered(rating.desc(nulls_order::first)) == "1 2, 2 1, 3 4, 4 3");
    CHECK(numbered(rating.desc(nulls_order::last)) == "1 1, 2 4, 3 3, 4 2");
}

/// What databases refuse or make up, each in its way.
void refused_everywhere(context& on) {
    connection c = stocked(on);
    const auto refused = [&](const auto& e) {
        CHECK(thrown<programming_error>([&] { (void)told(c, select(e)); }).code() == errc::statement);
    };
    refused(func::sum(amount).distinct().over());
    refused(func::count().over("nowhere"));
    refused(func::sum(amount).over(window{}.order_by(amount, id).range(-1, 0)));
    refused(func::sum(amount).over(window{}.order_by(region).range(-1, 0)));
    CHECK(thrown<interface_error>([] { (void)window{}.rows(1, 0); }).code() == errc::invalid_argument);
    CHECK(thrown<interface_error>([] { (void)window{}.range(0.5, -0.5); }).code() == errc::invalid_argument);
    CHECK(thrown<interface_error>([] { (void)window{}.groups(0, -1); }).code() == errc::invalid_argument);
    CHECK(thrown<interface_error>([] { (void)func::ntile(0); }).code() == errc::invalid_argument);
    CHECK(thrown<interface_error>([] { (void)func::nth_value(amount, 0); }).code() == errc::invalid_argument);
}

}  // namespace

std::vector<test_case> areas::aggregates_parts::window_functions() {
    return {
        {"windows/over-all", "an aggregate over all rows of the query", {}, over_all},
        {"windows/window", "row_number, rank and dense_rank, in partitions and orders", {}, places},
        {"windows/parts", "percent_rank, cume_dist and ntile", claims::distribution_functions, parts_of_windows},
        {"windows/lag-lead", "values of rows before and after", {}, neighbours},
        {"windows/lag-lead-default", "... with a value for rows that are not there", {}, neighbours_with_default},
        {"windows/frame-values", "the first, last and n-th value of the frame", claims::window_frames, values_of_frames},
        {"windows/running", "sums up to a row, and to all at its place; of decimals, too", {}, running_sums},
        {"windows/aggregates", "conditions, bits, extremes and statistics over windows", claims::bit_aggregates, aggregates_of_windows},
        {"windows/filter", "aggregates of some rows of a window", {}, filtered_windows},
        {"windows/named", "windows that the query names, used twice, refined, quoted", claims::named_windows, named_windows},
        {"windows/in-order-by", "windows in ORDER BY, and of aggregates", {}, in_order_by},
        {"windows/nulls", "NULLs first and last in a window's order", {}, nulls_in_windows},
        {"windows/refused", "what makes no sense is refused before it is sent, the same everywhere", {}, refused_everywhere},
    };
}

}  // namespace azoth::conformance
