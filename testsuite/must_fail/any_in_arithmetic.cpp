// expect: any_\(\) and all_\(\) stand on the right side of a comparison
#include "shop.hpp"

int main() {
#ifdef AZOTH_MUST_PASS
    static_cast<void>(az::col<&package::id> > az::any_(az::select(az::col<&maintainer::id>)));
#else
    static_cast<void>(az::col<&package::id> + az::any_(az::select(az::col<&maintainer::id>)));
#endif
}
