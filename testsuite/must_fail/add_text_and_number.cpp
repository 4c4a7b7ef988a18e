// expect: arithmetic needs numbers on both sides: the left one is not
#include "shop.hpp"

int main() {
#ifdef AZOTH_MUST_PASS
    static_cast<void>(az::col<&package::name> + "5");
#else
    static_cast<void>(az::col<&package::name> + 5);
#endif
}
