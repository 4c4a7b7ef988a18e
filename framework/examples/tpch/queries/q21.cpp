#include "fragments.hpp"
#include "queries.hpp"

namespace az = azoth;
using az::col;

/// Saudi suppliers who alone kept an order waiting to which others contributed.
/// Shows: EXISTS and NOT EXISTS over aliases of one table.
Query q21() {
    const auto late = az::alias<LineItem>("late");
    const auto other = az::alias<LineItem>("other");
    const auto is_late = [](const az::alias_of<LineItem>& item) { return item[&LineItem::receipt_date] > item[&LineItem::commit_date]; };
    const auto of_others = az::select(other[&LineItem::order_key])
                               .where(other[&LineItem::order_key] == late[&LineItem::order_key],
                                      other[&LineItem::supplier_key] != late[&LineItem::supplier_key]);
    const auto orders = az::func::count();
    return {21,
            "Suppliers who kept orders waiting",
            {"name", "orders"},
            az::select(col<&Supplier::name>, orders)
                .join(late)
                .join<Order>(col<&Order::key> == late[&LineItem::order_key])
                .join<Nation>(col<&Nation::key> == col<&Supplier::nation_key>)
                .where(col<&Order::status> == "F", is_late(late), of_others.exists(), !of_others.where(is_late(other)).exists(),
                       col<&Nation::name> == "SAUDI ARABIA")
                .group_by(col<&Supplier::name>)
                .order_by(orders.desc(), col<&Supplier::name>)
                .limit(100)};
}
