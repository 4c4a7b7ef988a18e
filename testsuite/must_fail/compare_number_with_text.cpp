// expect: text cannot be compared with a number
#include "shop.hpp"

int main() {
#ifdef AZOTH_MUST_PASS
    static_cast<void>(5 < az::col<&package::id>);
#else
    static_cast<void>("5" < az::col<&package::id>);
#endif
}
