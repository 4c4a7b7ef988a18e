// expect: text cannot be compared with a number
#include "shop.hpp"

int main() {
#ifdef AZOTH_MUST_PASS
    static_cast<void>(az::col<&package::id>.in(az::select(az::col<&maintainer::id>).union_(az::select(az::col<&package::id>))));
#else
    static_cast<void>(az::col<&package::id>.in(az::select(az::col<&maintainer::name>).union_(az::select(az::col<&package::name>))));
#endif
}
