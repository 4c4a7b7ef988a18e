#include "fragments.hpp"
#include "queries.hpp"

namespace az = azoth;
using az::col;

/// The twenty customers who returned most of what they ordered in a quarter, in money lost.
/// Shows: grouping by a key and all that follows from it, ordering by an aggregate.
Query q10() {
    const auto lost = az::func::sum(revenue());
    return {10,
            "Returned item reporting",
            {"customer", "name", "revenue", "balance", "nation", "address", "phone", "comment"},
            az::select(col<&Customer::key>, col<&Customer::name>, lost, col<&Customer::balance>, col<&Nation::name>,
                       col<&Customer::address>, col<&Customer::phone>, col<&Customer::comment>)
                .select_from(az::entity<Customer>)
                .join<Order>()
                .join<LineItem>()
                .join<Nation>()
                .where(within(col<&Order::date>, day(1993, 10, 1), std::chrono::months{3}), col<&LineItem::return_flag> == "R")
                .group_by(col<&Customer::key>, col<&Customer::name>, col<&Customer::balance>, col<&Customer::phone>, col<&Nation::name>,
                          col<&Customer::address>, col<&Customer::comment>)
                .order_by(lost.desc(), col<&Customer::key>)
                .limit(20)};
}
