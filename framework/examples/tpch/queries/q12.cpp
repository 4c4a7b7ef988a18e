#include "fragments.hpp"
#include "queries.hpp"

namespace az = azoth;
using az::col;

/// Whether the cheaper ways of shipping make urgent orders late.
/// Shows: counts that take some of the rows (FILTER, or CASE where the database has none), IN with a list, comparison of dates of one row.
Query q12() {
    const auto is_urgent = col<&Order::priority>.in({"1-URGENT", "2-HIGH"});
    return {12,
            "Shipping modes and order priority",
            {"mode", "urgent", "others"},
            az::select(col<&LineItem::mode>, az::func::count().filter(is_urgent), az::func::count().filter(!is_urgent))
                .select_from(az::entity<Order>)
                .join<LineItem>()
                .where(col<&LineItem::mode>.in({"MAIL", "SHIP"}), col<&LineItem::commit_date> < col<&LineItem::receipt_date>,
                       col<&LineItem::ship_date> < col<&LineItem::commit_date>,
                       within(col<&LineItem::receipt_date>, day(1994, 1, 1), std::chrono::years{1}))
                .group_by(col<&LineItem::mode>)
                .order_by(col<&LineItem::mode>)};
}
