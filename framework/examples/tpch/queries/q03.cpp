#include "fragments.hpp"
#include "queries.hpp"

namespace az = azoth;
using az::col;

/// The ten orders of the building trade that were worth most of those not shipped by a given day.
/// Shows: joins along foreign keys, ordering by an aggregate, a limit.
Query q03() {
    const auto cutoff = day(1995, 3, 15);
    const auto worth = az::func::sum(revenue());
    return {3,
            "Shipping priority",
            {"order", "revenue", "date", "priority"},
            az::select(col<&LineItem::order_key>, worth, col<&Order::date>, col<&Order::ship_priority>)
                .select_from(az::entity<Customer>)
                .join<Order>()
                .join<LineItem>()
                .where(col<&Customer::segment> == "BUILDING", col<&Order::date><cutoff, col<&LineItem::ship_date>> cutoff)
                .group_by(col<&LineItem::order_key>, col<&Order::date>, col<&Order::ship_priority>)
                .order_by(worth.desc(), col<&Order::date>, col<&LineItem::order_key>)
                .limit(10)};
}
