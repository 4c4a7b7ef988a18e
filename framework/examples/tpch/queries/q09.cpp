#include "fragments.hpp"
#include "queries.hpp"

namespace az = azoth;
using az::col;

/// What was earned with green parts, by the supplier's nation and year.
/// Shows: arithmetic over columns of two tables, a join by a key of two columns, a query over a query.
Query q09() {
    const auto earned = revenue() - col<&PartSupplier::supply_cost> * col<&LineItem::quantity>;
    const auto profits = az::select(col<&Nation::name>, year_of(col<&Order::date>), earned)
                             .select_from(az::entity<Part>)
                             .join<LineItem>()
                             .join<PartSupplier>(col<&PartSupplier::part_key> == col<&LineItem::part_key> &&
                                                 col<&PartSupplier::supplier_key> == col<&LineItem::supplier_key>)
                             .join<Supplier>(col<&Supplier::key> == col<&LineItem::supplier_key>)
                             .join<Order>(col<&Order::key> == col<&LineItem::order_key>)
                             .join<Nation>(col<&Nation::key> == col<&Supplier::nation_key>)
                             .where(col<&Part::name>.contains("green"))
                             .subquery("profits", {"nation", "o_year", "amount"});
    const auto [nation, year, amount] = profits.columns();
    return {9,
            "Product type profit measure",
            {"nation", "year", "profit"},
            az::select(nation, year, az::func::sum(amount)).group_by(nation, year).order_by(nation, year.desc())};
}
