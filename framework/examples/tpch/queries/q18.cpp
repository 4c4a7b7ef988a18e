#include "fragments.hpp"
#include "queries.hpp"

namespace az = azoth;
using az::col;

/// The hundred most expensive orders of more than 300 pieces.
/// Shows: IN with a query that groups and has HAVING.
Query q18() {
    const auto pieces = az::func::sum(col<&LineItem::quantity>);
    const auto item = az::alias<LineItem>("item");
    const auto large =
        az::select(item[&LineItem::order_key]).group_by(item[&LineItem::order_key]).having(az::func::sum(item[&LineItem::quantity]) > 300);
    return {18,
            "Large volume customer",
            {"name", "customer", "order", "date", "price", "pieces"},
            az::select(col<&Customer::name>, col<&Customer::key>, col<&Order::key>, col<&Order::date>, col<&Order::total_price>, pieces)
                .join<Order>()
                .join<LineItem>()
                .where(col<&Order::key>.in(large))
                .group_by(col<&Customer::name>, col<&Customer::key>, col<&Order::key>, col<&Order::date>, col<&Order::total_price>)
                .order_by(col<&Order::total_price>.desc(), col<&Order::date>, col<&Order::key>)
                .limit(100)};
}
