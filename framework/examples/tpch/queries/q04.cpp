#include "fragments.hpp"
#include "queries.hpp"

namespace az = azoth;
using az::col;

/// How many orders of a quarter, by priority, had an item that the customer received late.
/// Shows: EXISTS with a correlated query.
Query q04() {
    const auto late = az::select(col<&LineItem::order_key>)
                          .where(col<&LineItem::order_key> == col<&Order::key>, col<&LineItem::commit_date> < col<&LineItem::receipt_date>)
                          .exists();
    return {4,
            "Order priority checking",
            {"priority", "orders"},
            az::select(col<&Order::priority>, az::func::count())
                .where(within(col<&Order::date>, day(1993, 7, 1), std::chrono::months{3}), late)
                .group_by(col<&Order::priority>)
                .order_by(col<&Order::priority>)};
}
