// expect: a boolean cannot be compared with a number
#include "shop.hpp"

int main() {
#ifdef AZOTH_MUST_PASS
    static_cast<void>(az::col<&package::essential> == true);
#else
    static_cast<void>(az::col<&package::essential> == 1);
#endif
}
