// expect: round\(\) needs a number with a fraction
#include "shop.hpp"

int main() {
#ifdef AZOTH_MUST_PASS
    static_cast<void>(az::func::round(az::col<&package::rating>));
#else
    static_cast<void>(az::func::round(az::col<&package::id>));
#endif
}
