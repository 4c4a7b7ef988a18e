#include "fragments.hpp"
#include "queries.hpp"

namespace az = azoth;
using az::col;

/// What was billed, shipped and returned by a day in 1998, in sums and averages.
/// Shows: aggregates over exact arithmetic, an expression built upon another, a date less some days.
Query q01() {
    const auto charge = revenue() * (1 + col<&LineItem::tax>);
    return {1,
            "Pricing summary report",
            {"flag", "status", "quantity", "base price", "discounted", "charged", "avg qty", "avg price", "avg disc", "items"},
            az::select(col<&LineItem::return_flag>, col<&LineItem::status>, az::func::sum(col<&LineItem::quantity>),
                       az::func::sum(col<&LineItem::extended_price>), az::func::sum(revenue()), az::func::sum(charge),
                       rounded(az::func::avg(col<&LineItem::quantity>)), rounded(az::func::avg(col<&LineItem::extended_price>)),
                       rounded(az::func::avg(col<&LineItem::discount>)), az::func::count())
                .where(col<&LineItem::ship_date> <= az::bound(day(1998, 12, 1)) - std::chrono::days{90})
                .group_by(col<&LineItem::return_flag>, col<&LineItem::status>)
                .order_by(col<&LineItem::return_flag>, col<&LineItem::status>)};
}
