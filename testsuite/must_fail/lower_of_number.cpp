// expect: lower\(\) needs a text
#include "shop.hpp"

int main() {
#ifdef AZOTH_MUST_PASS
    static_cast<void>(az::func::lower(az::col<&package::name>));
#else
    static_cast<void>(az::func::lower(az::col<&package::id>));
#endif
}
