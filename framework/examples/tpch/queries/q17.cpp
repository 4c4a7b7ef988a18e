#include "fragments.hpp"
#include "queries.hpp"

namespace az = azoth;
using az::col;

/// What a year would lose if small orders of a brand's boxes were no longer taken: less than a fifth of the part's average quantity.
/// Shows: a correlated average, decimals as constants.
Query q17() {
    const auto other = az::alias<LineItem>("other");
    const auto fifth_of_average = az::select(az::decimal{2, 1} * az::func::avg(other[&LineItem::quantity]))
                                      .where(other[&LineItem::part_key] == col<&Part::key>)
                                      .scalar();
    return {17,
            "Small-quantity-order revenue",
            {"a year"},
            az::select(rounded(az::func::sum(col<&LineItem::extended_price>) / az::decimal{70, 1}))
                .join<Part>()
                .where(col<&Part::brand> == "Brand#23", col<&Part::container> == "MED BOX", col<&LineItem::quantity> < fifth_of_average)};
}
