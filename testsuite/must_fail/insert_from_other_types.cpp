// expect: text cannot be compared with a number
#include "shop.hpp"

int main() {
#ifdef AZOTH_MUST_PASS
    static_cast<void>(az::insert<package>().columns(az::col<&package::name>).from(az::select(az::col<&maintainer::name>)));
#else
    static_cast<void>(az::insert<package>().columns(az::col<&package::name>).from(az::select(az::col<&maintainer::id>)));
#endif
}
