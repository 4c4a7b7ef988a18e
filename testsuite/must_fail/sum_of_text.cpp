// expect: sum\(\) needs a number
#include "shop.hpp"

int main() {
#ifdef AZOTH_MUST_PASS
    static_cast<void>(az::func::sum(az::col<&package::id>));
#else
    static_cast<void>(az::func::sum(az::col<&package::name>));
#endif
}
