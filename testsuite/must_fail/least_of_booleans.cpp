// expect: the least of booleans is bool_and\(\)
#include "shop.hpp"

int main() {
#ifdef AZOTH_MUST_PASS
    static_cast<void>(az::func::bool_and(az::col<&package::essential>));
#else
    static_cast<void>(az::func::min(az::col<&package::essential>));
#endif
}
