// expect: text cannot be compared with a number
#include "shop.hpp"

int main() {
#ifdef AZOTH_MUST_PASS
    static_cast<void>(az::col<&package::id> > az::any_(az::select(az::col<&maintainer::id>)));
#else
    static_cast<void>(az::col<&package::id> > az::any_(az::select(az::col<&maintainer::name>)));
#endif
}
