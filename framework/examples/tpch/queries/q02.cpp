#include "fragments.hpp"
#include "queries.hpp"

namespace az = azoth;
using az::col;

/// Which European supplier sells each brass part of size 15 at the lowest price there.
/// Shows: a correlated subquery as a value, aliases that keep its tables apart from the outer ones, joins along foreign keys.
Query q02() {
    const auto offer = az::alias<PartSupplier>("offer");
    const auto seller = az::alias<Supplier>("seller");
    const auto land = az::alias<Nation>("land");
    const auto area = az::alias<Region>("area");
    const auto lowest = az::select(az::func::min(offer[&PartSupplier::supply_cost]))
                            .join(seller)
                            .join(land)
                            .join(area)
                            .where(offer[&PartSupplier::part_key] == col<&Part::key>, area[&Region::name] == "EUROPE")
                            .scalar();
    return {2,
            "Minimum cost supplier",
            {"balance", "supplier", "nation", "part", "manufacturer", "address", "phone", "comment"},
            az::select(col<&Supplier::balance>, col<&Supplier::name>, col<&Nation::name>, col<&Part::key>, col<&Part::manufacturer>,
                       col<&Supplier::address>, col<&Supplier::phone>, col<&Supplier::comment>)
                .select_from(az::entity<Part>)
                .join<PartSupplier>()
                .join<Supplier>()
                .join<Nation>()
                .join<Region>()
                .where(col<&Part::size> == 15, col<&Part::type>.ends_with("BRASS"), col<&Region::name> == "EUROPE",
                       col<&PartSupplier::supply_cost> == lowest)
                .order_by(col<&Supplier::balance>.desc(), col<&Nation::name>, col<&Supplier::name>, col<&Part::key>)
                .limit(100)};
}
