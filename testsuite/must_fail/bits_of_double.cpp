// expect: bit_or\(\) needs whole numbers
#include "shop.hpp"

int main() {
#ifdef AZOTH_MUST_PASS
    static_cast<void>(az::func::bit_or(az::col<&package::id>));
#else
    static_cast<void>(az::func::bit_or(az::col<&package::rating>));
#endif
}
