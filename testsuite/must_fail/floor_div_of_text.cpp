// expect: arithmetic needs numbers on both sides
#include "shop.hpp"

int main() {
#ifdef AZOTH_MUST_PASS
    static_cast<void>(az::floor_div(az::col<&package::id>, 2));
#else
    static_cast<void>(az::floor_div(az::col<&package::name>, 2));
#endif
}
