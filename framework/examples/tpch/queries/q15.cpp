#include "fragments.hpp"
#include "queries.hpp"

namespace az = azoth;
using az::col;

/// The supplier, or suppliers, with the highest revenue of a quarter.
/// Shows: a common table expression used twice, once joined and once beneath a subquery; the specification has a view.
Query q15() {
    const auto revenues = az::cte("revenue",
                                  az::select(col<&LineItem::supplier_key>, az::func::sum(revenue()))
                                      .where(within(col<&LineItem::ship_date>, day(1996, 1, 1), std::chrono::months{3}))
                                      .group_by(col<&LineItem::supplier_key>),
                                  {"supplier_no", "total_revenue"});
    const auto [supplier, total] = revenues.columns();
    return {15,
            "Top supplier",
            {"supplier", "name", "address", "phone", "revenue"},
            az::select(col<&Supplier::key>, col<&Supplier::name>, col<&Supplier::address>, col<&Supplier::phone>, total)
                .join(revenues, supplier == col<&Supplier::key>)
                .where(total == az::select(az::func::max(total)).scalar())
                .order_by(col<&Supplier::key>)};
}
