#include "fragments.hpp"
#include "queries.hpp"

namespace az = azoth;
using az::col;

/// How many customers have how many orders, those with none included.
/// Shows: an outer join with a condition of its own, a count that leaves out what found no partner, aggregates of aggregates.
Query q13() {
    const auto counts =
        az::select(col<&Customer::key>, az::func::count(col<&Order::key>))
            .outer_join<Order>(col<&Order::customer_key> == col<&Customer::key> && col<&Order::comment>.not_like("%special%requests%"))
            .group_by(col<&Customer::key>)
            .subquery("counts", {"c_custkey", "c_count"});
    const auto [customer, orders] = counts.columns();
    const auto customers = az::func::count(customer);
    return {13,
            "Customer distribution",
            {"orders", "customers"},
            az::select(orders, customers).group_by(orders).order_by(customers.desc(), orders.desc())};
}
