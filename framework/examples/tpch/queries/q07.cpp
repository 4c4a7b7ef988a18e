#include "fragments.hpp"
#include "queries.hpp"

namespace az = azoth;
using az::col;

/// What France and Germany sold to each other, by year.
/// Shows: one table joined twice under two names, a year out of a date, OR.
Query q07() {
    const auto from = az::alias<Nation>("supplier_nation");
    const auto to = az::alias<Nation>("customer_nation");
    const auto between = [&](const char* a, const char* b) { return from[&Nation::name] == a && to[&Nation::name] == b; };
    const auto year = year_of(col<&LineItem::ship_date>);
    return {7,
            "Volume shipping",
            {"from", "to", "year", "revenue"},
            az::select(from[&Nation::name], to[&Nation::name], year, az::func::sum(revenue()))
                .select_from(az::entity<Supplier>)
                .join<LineItem>()
                .join<Order>()
                .join<Customer>()
                .join(from, from[&Nation::key] == col<&Supplier::nation_key>)
                .join(to, to[&Nation::key] == col<&Customer::nation_key>)
                .where(between("FRANCE", "GERMANY") || between("GERMANY", "FRANCE"),
                       col<&LineItem::ship_date>.between(day(1995, 1, 1), day(1996, 12, 31)))
                .group_by(from[&Nation::name], to[&Nation::name], year)
                .order_by(from[&Nation::name], to[&Nation::name], year)};
}
