#include "fragments.hpp"
#include "queries.hpp"

namespace az = azoth;
using az::col;

/// What was sold in 1994 within each Asian nation: customer and supplier from the same.
/// Shows: a join on more than a foreign key, six tables.
Query q05() {
    const auto sold = az::func::sum(revenue());
    return {
        5,
        "Local supplier volume",
        {"nation", "revenue"},
        az::select(col<&Nation::name>, sold)
            .select_from(az::entity<Customer>)
            .join<Order>()
            .join<LineItem>()
            .join<Supplier>(col<&Supplier::key> == col<&LineItem::supplier_key> && col<&Supplier::nation_key> == col<&Customer::nation_key>)
            .join<Nation>(col<&Nation::key> == col<&Supplier::nation_key>)
            .join<Region>()
            .where(col<&Region::name> == "ASIA", within(col<&Order::date>, day(1994, 1, 1), std::chrono::years{1}))
            .group_by(col<&Nation::name>)
            .order_by(sold.desc(), col<&Nation::name>)};
}
