#include "fragments.hpp"
#include "queries.hpp"

#include <string>
#include <vector>

namespace az = azoth;
using az::col;

/// Customers of seven countries who have money but never order, by the country code of their phone numbers.
/// Shows: a part of a text, a list used twice, an average as a value, NOT EXISTS, a query over a query.
Query q22() {
    const std::vector<std::string> codes{"13", "31", "23", "29", "30", "18", "17"};
    const auto code_of = [](const auto& phone) { return az::func::substring(phone, 1, 2); };
    const auto any = az::alias<Customer>("any_customer");
    const auto average = az::select(az::func::avg(any[&Customer::balance]))
                             .where(any[&Customer::balance] > 0, code_of(any[&Customer::phone]).in(codes))
                             .scalar();
    const auto orders = az::select(col<&Order::key>).where(col<&Order::customer_key> == col<&Customer::key>);
    const auto idle = az::select(code_of(col<&Customer::phone>), col<&Customer::balance>)
                          .where(code_of(col<&Customer::phone>).in(codes), col<&Customer::balance> > average, !orders.exists())
                          .subquery("idle", {"country_code", "c_acctbal"});
    const auto [code, balance] = idle.columns();
    return {22,
            "Global sales opportunity",
            {"country", "customers", "balance"},
            az::select(code, az::func::count(), az::func::sum(balance)).group_by(code).order_by(code)};
}
