// expect: this branch of a CASE has a fraction
#include "shop.hpp"

int main() {
#ifdef AZOTH_MUST_PASS
    static_cast<void>(az::when(az::col<&package::essential>, 1.0).otherwise(0.5));
#else
    static_cast<void>(az::when(az::col<&package::essential>, 1).otherwise(0.5));
#endif
}
