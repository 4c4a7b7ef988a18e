// GROUP BY with several groupings, by labels and computed keys; aggregates of ordered sets; DISTINCT ON.
#include "aggregates_parts.hpp"
#include "claims.hpp"
#include "sales.hpp"

namespace azoth::conformance {
namespace {

using namespace sales;

void percentiles(context& on) {
    connection c = stocked(on);
    CHECK(told(c, select(func::percentile_cont(0.5).within_group(amount), func::percentile_cont(0.5).within_group(rating.desc()),
                         func::percentile_cont(0.0).within_group(amount), func::percentile_cont(1.0).within_group(amount))) ==
          "5 3.75 1 7");
    CHECK(told(c, select(func::percentile_disc(0.25).within_group(amount), func::percentile_disc(0.5).within_group(product),
                         func::percentile_disc(0.5).within_group(price))) == "2 apple 2.25");
    CHECK(told(c, select(region, func::percentile_cont(0.5).within_group(amount)).group_by(region).order_by(region)) ==
          "north 3, south 5, west 7");
    CHECK(told(c,
               select(func::percentile_cont(0.5).within_group(amount), func::percentile_disc(0.5).within_group(product)).where(id > 100)) ==
          "- -");
    CHECK(told(c, select(func::percentile_cont(0.5).within_group(amount).filter(region == "north"))) == "3");
}

void modes(context& on) {
    connection c = stocked(on);
    CHECK(told(c, select(func::mode().within_group(amount), func::mode().within_group(product), func::mode().within_group(paid))) ==
          "5 apple yes");
    CHECK(told(c, select(func::mode().within_group(product)).where(id > 100)) == "-");
}

void percentile_windows(context& on) {
    connection c = stocked(on);
    CHECK(told(c, select(id, func::percentile_cont(0.5).within_group(amount).over(partition_by(region))).order_by(id)) ==
          "1 3, 2 3, 3 5, 4 5, 5 3, 6 7, 7 5, 8 7");
    CHECK(told(c, select(id, func::percentile_disc(0.3).within_group(amount).over(partition_by(region))).where(id < 4).order_by(id)) ==
          "1 3, 2 3, 3 5");
}

void groups(context& on) {
    connection c = stocked(on);
    CHECK(told(c, select(region, func::count(), func::sum(amount)).group_by(region).order_by(region)) ==
          "north 3 9, south 3 12, west 2 14");
    CHECK(told(c, select(region, paid, func::count()).group_by(region, paid).order_by(region, paid)) ==
          "north no 2, north yes 1, south no 1, south yes 2, west yes 2");
    CHECK(told(c, select(product, func::count()).group_by(product).order_by(product.asc(nulls_order::last))) ==
          "apple 3, fig 1, pear 2, - 2");
    CHECK(told(c, select(func::count()).where(id > 100).group_by(region)).empty());
    CHECK(told(c, select(region).group_by(region).having(func::count() > 2, func::sum(amount) > 10)) == "south");
    CHECK(told(c, select(func::count()).select_from(entity<sale>).having(func::count() > 100)).empty());
}

void group_by_composed(context& on) {
    connection c = stocked(on);
    const auto half = (amount / 2.0).label("half");
    CHECK(told(c, select(func::count(), half).group_by(half).order_by(half)) == "1 0.5, 1 1, 1 1.5, 3 2.5, 2 3.5");
    CHECK(told(c, select(func::count(), half).group_by(label_ref("half")).order_by(label_ref("half").desc())) ==
          "2 3.5, 3 2.5, 1 1.5, 1 1, 1 0.5");
    const auto even = amount % 2 == 0;
    CHECK(told(c, select(even, func::count()).group_by(even).order_by(even)) == "no 7, yes 1");
    const auto kind = when(amount > 4, "much").otherwise("little");
    CHECK(told(c, select(kind.label("kind"), func::sum(amount)).group_by(label_ref("kind")).order_by(label_ref("kind"))) ==
          "little 6, much 29");
    CHECK(told(c, select(region, func::sum(amount).label("total"))
                      .group_by(region)
                      .having(label_ref<std::int64_t>("total") > 10)
                      .order_by(region)) == "south 12, west 14");
}

void rollups(context& on) {
    connection c = stocked(on);
    std::vector<std::string> found;
    for (const auto& [r, p, n] : c.execute(select(maybe(region), maybe(paid), func::count()).group_by(rollup(region, paid))))
        found.push_back(shown(r) + " " + shown(p) + " " + shown(n));
    std::sort(found.begin(), found.end());
    CHECK(found == std::vector<std::string>{"- - 8", "north - 3", "north no 2", "north yes 1", "south - 3", "south no 1", "south yes 2",
                                            "west - 2", "west yes 2"});
    CHECK(told(c, select(maybe(region), func::count()).group_by(rollup(region)).having(func::count() > 3)) == "- 8");
}

void ordered_rollups(context& on) {
    connection c = stocked(on);
    CHECK(told(c, select(maybe(region), func::count()).group_by(rollup(region)).order_by(region.asc(nulls_order::last))) ==
          "north 3, south 3, west 2, - 8");
    const auto kind = (amount % 2).label("odd");
    CHECK(told(c, select(maybe(kind), func::count()).group_by(rollup(kind)).order_by(kind.asc(nulls_order::first))) == "- 8, 0 1, 1 7");
}

/// Everywhere: the order goes around the rollup.
void rollups_in_subqueries(context& on) {
    connection c = stocked(on);
    const auto totals = select(maybe(region).label("r"), func::count().label("n")).group_by(rollup(region)).subquery("totals");
    const auto [r, n] = totals.columns();
    CHECK(told(c, select(r, n).order_by(r.asc(nulls_order::last))) == "north 3, south 3, west 2, - 8");
}

void rollups_of_nothing(context& on) {
    connection c = stocked(on);
    CHECK(told(c, select(maybe(region), func::count()).where(id > 100).group_by(rollup(region))) == "- 0");
}

void cubes(context& on) {
    connection c = stocked(on);
    CHECK(told(c, select(maybe(region), maybe(paid), func::count())
                      .group_by(cube(region, paid))
                      .order_by(region.asc(nulls_order::last), paid.asc(nulls_order::last))) ==
          "north no 2, north yes 1, north - 3, south no 1, south yes 2, south - 3, west yes 2, west - 2, - no 3, - yes 5, - - 8");
}

void sets(context& on) {
    connection c = stocked(on);
    CHECK(told(c, select(maybe(region), maybe(paid), func::sum(amount))
                      .group_by(grouping_sets({{region}, {paid}, {}}))
                      .order_by(region.asc(nulls_order::last), paid.asc(nulls_order::last))) ==
          "north - 9, south - 12, west - 14, - no 9, - yes 26, - - 35");
    CHECK(told(c, select(maybe(region), maybe(paid), func::sum(amount))
                      .group_by(region, rollup(paid))
                      .order_by(region, paid.asc(nulls_order::last))) ==
          "north no 4, north yes 5, north - 9, south no 5, south yes 7, south - 12, west yes 14, west - 14");
}

void grouping_bits(context& on) {
    connection c = stocked(on);
    CHECK(told(c, select(maybe(product), func::grouping(product), func::count())
                      .group_by(rollup(product))
                      .order_by(func::grouping(product), product.asc(nulls_order::last))) == "apple 0 3, fig 0 1, pear 0 2, - 0 2, - 1 8");
}

void distinct(context& on) {
    connection c = stocked(on);
    CHECK(told(c, select(region).distinct().order_by(region)) == "north, south, west");
    CHECK(told(c, select(product).distinct().order_by(product.desc(nulls_order::last))) == "pear, fig, apple, -");
    CHECK(told(c, select((amount * 2).label("twice")).distinct().order_by(label_ref("twice"))) == "2, 4, 6, 10, 14");
    CHECK(told(c, select(price).distinct().order_by(price).limit(3)) == "0.5, 1.5, 1.75");
}

void distinct_by_keys(context& on) {
    connection c = stocked(on);
    CHECK(told(c, select(region, id).distinct_on(region).order_by(region, amount.desc(), id)) == "north 1, south 3, west 6");
    CHECK(told(c, select(region, paid, id).distinct_on(region, paid).order_by(region, paid, id.desc())) ==
          "north no 5, north yes 1, south no 7, south yes 4, west yes 8");
}

/// The same rows without DISTINCT ON.
void first_of_each(context& on) {
    connection c = stocked(on);
    const auto numbered =
        select(region, id, func::row_number().over(partition_by(region).order_by(amount.desc(), id)).label("place")).subquery("numbered");
    const auto [r, i, place] = numbered.columns();
    CHECK(told(c, select(r, i).where(place == 1).order_by(r)) == "north 1, south 3, west 6");
}

}  // namespace

std::vector<test_case> areas::aggregates_parts::ordered_sets() {
    return {
        {"aggregates/percentile", "percentiles between values and of values, in groups", claims::ordered_sets, percentiles},
        {"aggregates/mode", "the value that is there most often", claims::ordered_sets, modes},
        {"aggregates/percentile-windows", "percentiles over a window", claims::ordered_set_windows, percentile_windows},
    };
}

std::vector<test_case> areas::aggregates_parts::groupings() {
    return {
        {"aggregates/group-by", "groups by one key, by several, by one that is NULL; HAVING", {}, groups},
        {"aggregates/group-by-composed", "groups by computed keys with bound values, by label; labels in HAVING", {}, group_by_composed},
        {"aggregates/rollup", "subtotals and the total", claims::rollup, rollups},
        {"aggregates/rollup-ordered", "... in an order", claims::ordered_rollup, ordered_rollups},
        {"aggregates/rollup-subquery", "... in the order of a query around", claims::rollup, rollups_in_subqueries},
        {"aggregates/rollup-of-nothing", "the total of no rows is a row", claims::rollup_of_nothing, rollups_of_nothing},
        {"aggregates/cube", "subtotals of every choice of keys", claims::grouping_sets, cubes},
        {"aggregates/grouping-sets", "chosen groupings, and a rollup beside a key", claims::grouping_sets, sets},
        {"aggregates/grouping", "which key a row's group does not have", claims::grouping_function, grouping_bits},
        {"aggregates/distinct", "each row once, in an order", {}, distinct},
        {"aggregates/distinct-on", "the first row of each key", claims::distinct_on, distinct_by_keys},
        {"aggregates/first-of-each", "... by row_number()", {}, first_of_each},
    };
}

}  // namespace azoth::conformance
