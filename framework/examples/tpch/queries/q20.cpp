#include "fragments.hpp"
#include "queries.hpp"

namespace az = azoth;
using az::col;

/// Canadian suppliers who have more forest-coloured parts in stock than half of what they sold of them in a year.
/// Shows: queries in queries, three deep, the innermost correlated.
Query q20() {
    const auto forest = az::select(col<&Part::key>).where(col<&Part::name>.starts_with("forest"));
    const auto half_of_sold = az::select(az::decimal{5, 1} * az::func::sum(col<&LineItem::quantity>))
                                  .where(col<&LineItem::part_key> == col<&PartSupplier::part_key>,
                                         col<&LineItem::supplier_key> == col<&PartSupplier::supplier_key>,
                                         within(col<&LineItem::ship_date>, day(1994, 1, 1), std::chrono::years{1}))
                                  .scalar();
    const auto with_plenty = az::select(col<&PartSupplier::supplier_key>)
                                 .where(col<&PartSupplier::part_key>.in(forest), col<&PartSupplier::available> > half_of_sold);
    return {20,
            "Potential part promotion",
            {"name", "address"},
            az::select(col<&Supplier::name>, col<&Supplier::address>)
                .join<Nation>()
                .where(col<&Supplier::key>.in(with_plenty), col<&Nation::name> == "CANADA")
                .order_by(col<&Supplier::name>)};
}
