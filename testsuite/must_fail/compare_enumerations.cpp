// expect: two different enumerations cannot be compared
#include "shop.hpp"

int main() {
#ifdef AZOTH_MUST_PASS
    static_cast<void>(az::col<&package::paint> == color::red);
#else
    static_cast<void>(az::col<&package::paint> == weight::light);
#endif
}
