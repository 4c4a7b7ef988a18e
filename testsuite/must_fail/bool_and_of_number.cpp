// expect: bool_and\(\) needs a condition
#include "shop.hpp"

int main() {
#ifdef AZOTH_MUST_PASS
    static_cast<void>(az::func::bool_and(az::col<&package::id> > 1));
#else
    static_cast<void>(az::func::bool_and(az::col<&package::id>));
#endif
}
