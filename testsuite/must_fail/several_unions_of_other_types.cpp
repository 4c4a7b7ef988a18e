// expect: the parts of a UNION must have the same columns
#include "shop.hpp"

int main() {
#ifdef AZOTH_MUST_PASS
    static_cast<void>(az::union_all_of(az::select(az::col<&package::id>), az::select(az::col<&maintainer::id>)));
#else
    static_cast<void>(
        az::union_all_of(az::select(az::col<&package::id>), az::select(az::col<&maintainer::id>), az::select(az::col<&maintainer::name>)));
#endif
}
