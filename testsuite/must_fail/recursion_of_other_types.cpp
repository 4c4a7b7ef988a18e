// expect: the recursive part of a CTE must return the same types
#include "shop.hpp"

int main() {
#ifdef AZOTH_MUST_PASS
    static_cast<void>(
        az::cte("c", az::select(az::col<&package::id>)).union_([](const auto&) { return az::select(az::col<&package::id>); }));
#else
    static_cast<void>(
        az::cte("c", az::select(az::col<&package::id>)).union_([](const auto&) { return az::select(az::col<&package::name>); }));
#endif
}
