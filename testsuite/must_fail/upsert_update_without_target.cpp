// expect: do_update\(\) needs to know which key counts
#include "shop.hpp"

int main() {
#ifdef AZOTH_MUST_PASS
    static_cast<void>(az::insert<package>().on_conflict(az::col<&package::id>).do_update());
#else
    static_cast<void>(az::insert<package>().on_conflict().do_update());
#endif
}
