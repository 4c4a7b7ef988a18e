#include "fragments.hpp"
#include "queries.hpp"

namespace az = azoth;
using az::col;

/// How much more would have been earned in 1994 without the middling discounts on small quantities.
/// Shows: BETWEEN with exact decimals, one row without GROUP BY.
Query q06() {
    return {6,
            "Forecasting revenue change",
            {"revenue"},
            az::select(az::func::sum(col<&LineItem::extended_price> * col<&LineItem::discount>))
                .where(within(col<&LineItem::ship_date>, day(1994, 1, 1), std::chrono::years{1}),
                       col<&LineItem::discount>.between(az::decimal{5, 2}, az::decimal{7, 2}), col<&LineItem::quantity> < 24)};
}
