// expect: this function works on texts
#include "shop.hpp"

int main() {
#ifdef AZOTH_MUST_PASS
    static_cast<void>(az::func::trim(az::col<&package::name>));
#else
    static_cast<void>(az::func::trim(az::col<&package::id>));
#endif
}
