// expect: the parts of a UNION must have the same columns
#include "shop.hpp"

int main() {
#ifdef AZOTH_MUST_PASS
    static_cast<void>(az::select(az::col<&package::name>).intersect(az::select(az::col<&maintainer::name>)));
#else
    static_cast<void>(az::select(az::col<&package::name>).intersect(az::select(az::col<&package::id>)));
#endif
}
