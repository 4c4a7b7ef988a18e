// expect: a condition has to be true or false
#include "shop.hpp"

int main() {
#ifdef AZOTH_MUST_PASS
    static_cast<void>(
        az::select(az::col<&package::id>).right_join<maintainer>(az::col<&package::maintainer_id> == az::col<&maintainer::id>));
#else
    static_cast<void>(az::select(az::col<&package::id>).right_join<maintainer>(az::col<&package::maintainer_id>));
#endif
}
