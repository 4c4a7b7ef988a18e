#include "fragments.hpp"
#include "queries.hpp"

namespace az = azoth;
using az::col;

/// Brazil's share of what America bought of a kind of steel part, by year.
/// Shows: CASE inside an aggregate, a quotient of exact sums, a query over a query.
Query q08() {
    const auto from = az::alias<Nation>("supplier_nation");
    const auto to = az::alias<Nation>("customer_nation");
    const auto sales = az::select(year_of(col<&Order::date>), revenue(), from[&Nation::name])
                           .select_from(az::entity<Part>)
                           .join<LineItem>()
                           .join<Supplier>()
                           .join<Order>(col<&Order::key> == col<&LineItem::order_key>)
                           .join<Customer>(col<&Customer::key> == col<&Order::customer_key>)
                           .join(to, to[&Nation::key] == col<&Customer::nation_key>)
                           .join<Region>(col<&Region::key> == to[&Nation::region_key])
                           .join(from, from[&Nation::key] == col<&Supplier::nation_key>)
                           .where(col<&Region::name> == "AMERICA", col<&Part::type> == "ECONOMY ANODIZED STEEL",
                                  col<&Order::date>.between(day(1995, 1, 1), day(1996, 12, 31)))
                           .subquery("sales", {"o_year", "volume", "nation"});
    const auto [year, volume, nation] = sales.columns();
    const auto of_brazil = az::func::sum(az::when(nation == "BRAZIL", volume).otherwise(0));
    return {8,
            "National market share",
            {"year", "share"},
            az::select(year, rounded(of_brazil / az::func::sum(volume))).group_by(year).order_by(year)};
}
