#include "fragments.hpp"
#include "queries.hpp"

namespace az = azoth;
using az::col;

/// How much of a month's revenue, in percent, came from parts on promotion.
/// Shows: CASE with LIKE inside an aggregate, a quotient of sums.
Query q14() {
    const auto promoted = az::func::sum(az::when(col<&Part::type>.starts_with("PROMO"), revenue()).otherwise(0));
    return {14,
            "Promotion effect",
            {"percent"},
            az::select(rounded(100 * promoted / az::func::sum(revenue())))
                .select_from(az::entity<LineItem>)
                .join<Part>()
                .where(within(col<&LineItem::ship_date>, day(1995, 9, 1), std::chrono::months{1}))};
}
