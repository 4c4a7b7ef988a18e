// expect: IN takes a query of exactly one column
#include "shop.hpp"

int main() {
#ifdef AZOTH_MUST_PASS
    static_cast<void>(az::col<&package::maintainer_id>.in(az::select(az::col<&maintainer::id>)));
#else
    static_cast<void>(az::col<&package::maintainer_id>.in(az::select(az::col<&maintainer::id>, az::col<&maintainer::name>)));
#endif
}
