// expect: the parts of a UNION must have the same columns
#include "shop.hpp"

int main() {
#ifdef AZOTH_MUST_PASS
    static_cast<void>(az::select(az::col<&package::id>).union_all(az::select(az::col<&package::maintainer_id>)));
#else
    static_cast<void>(az::select(az::col<&package::id>).union_all(az::select(az::col<&package::id>, az::col<&package::name>)));
#endif
}
