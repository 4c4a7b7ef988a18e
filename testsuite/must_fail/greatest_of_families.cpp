// expect: text cannot be compared with a number
#include "shop.hpp"

int main() {
#ifdef AZOTH_MUST_PASS
    static_cast<void>(az::func::greatest(az::col<&package::id>, 5));
#else
    static_cast<void>(az::func::greatest(az::col<&package::id>, "a"));
#endif
}
