// expect: avg\(\) needs a number
#include "shop.hpp"

int main() {
#ifdef AZOTH_MUST_PASS
    static_cast<void>(az::func::avg(az::col<&package::rating>));
#else
    static_cast<void>(az::func::avg(az::col<&package::released>));
#endif
}
