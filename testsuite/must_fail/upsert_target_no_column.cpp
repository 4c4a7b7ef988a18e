// expect: on_conflict\(\) takes the columns of a unique key
#include "shop.hpp"

int main() {
#ifdef AZOTH_MUST_PASS
    static_cast<void>(az::insert<package>().on_conflict(az::col<&package::id>));
#else
    static_cast<void>(az::insert<package>().on_conflict("id"));
#endif
}
