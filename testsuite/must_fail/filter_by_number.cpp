// expect: a condition has to be true or false
#include "shop.hpp"

int main() {
#ifdef AZOTH_MUST_PASS
    static_cast<void>(az::func::count().filter(az::col<&package::id> > 1));
#else
    static_cast<void>(az::func::count().filter(az::col<&package::id>));
#endif
}
