// expect: text cannot be compared with a number
#include "shop.hpp"

int main() {
#ifdef AZOTH_MUST_PASS
    static_cast<void>(az::when(az::col<&package::essential>, "large").otherwise("small"));
#else
    static_cast<void>(az::when(az::col<&package::essential>, "large").otherwise(5));
#endif
}
