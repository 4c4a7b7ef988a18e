#include "fragments.hpp"
#include "queries.hpp"

namespace az = azoth;
using az::col;

/// How many suppliers can deliver parts of certain sizes, without those that customers complained about.
/// Shows: count(DISTINCT), NOT IN with a query, NOT LIKE, IN with a list.
Query q16() {
    const auto complained = az::select(col<&Supplier::key>).where(col<&Supplier::comment>.like("%Customer%Complaints%"));
    const auto suppliers = az::func::count(col<&PartSupplier::supplier_key>).distinct();
    return {16,
            "Parts/supplier relationship",
            {"brand", "type", "size", "suppliers"},
            az::select(col<&Part::brand>, col<&Part::type>, col<&Part::size>, suppliers)
                .join<PartSupplier>()
                .where(col<&Part::brand> != "Brand#45", !col<&Part::type>.starts_with("MEDIUM POLISHED"),
                       col<&Part::size>.in({49, 14, 23, 45, 19, 3, 36, 9}), col<&PartSupplier::supplier_key>.not_in(complained))
                .group_by(col<&Part::brand>, col<&Part::type>, col<&Part::size>)
                .order_by(suppliers.desc(), col<&Part::brand>, col<&Part::type>, col<&Part::size>)};
}
