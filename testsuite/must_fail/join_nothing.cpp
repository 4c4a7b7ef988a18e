// expect: this is nothing to select from
#include "shop.hpp"

int main() {
#ifdef AZOTH_MUST_PASS
    static_cast<void>(az::select(az::col<&package::id>).join(az::entity<maintainer>, az::col<&package::id> == 1));
#else
    static_cast<void>(az::select(az::col<&package::id>).join(5, az::col<&package::id> == 1));
#endif
}
