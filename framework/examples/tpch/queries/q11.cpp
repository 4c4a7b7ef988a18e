#include "fragments.hpp"
#include "queries.hpp"

namespace az = azoth;
using az::col;

/// The parts that make up most of the value of German stocks.
/// Shows: HAVING with an uncorrelated subquery, a query kept in a variable and used twice, a value bound into SQL written by hand.
Query q11(double scale) {
    const auto fraction = az::decimal::from_double(0.0001 / scale).rescaled(10);
    const auto value = az::func::sum(col<&PartSupplier::supply_cost> * col<&PartSupplier::available>);
    const auto german = [](const auto& query) {
        return query.select_from(az::entity<PartSupplier>)
            .template join<Supplier>()
            .template join<Nation>()
            .where(col<&Nation::name> == "GERMANY");
    };
    const auto all = german(az::select(value * fraction)).scalar();
    return Query{11,
                 "Important stock identification",
                 {"part", "value"},
                 german(az::select(col<&PartSupplier::part_key>, value))
                     .group_by(col<&PartSupplier::part_key>)
                     .having(value > all)
                     .order_by(value.desc(), col<&PartSupplier::part_key>)}
        .with("fraction", fraction);
}
