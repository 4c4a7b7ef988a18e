// expect: text cannot be compared with a number
#include "shop.hpp"

int main() {
#ifdef AZOTH_MUST_PASS
    static_cast<void>(az::col<&package::name> == "5");
#else
    static_cast<void>(az::col<&package::name> == 5);
#endif
}
