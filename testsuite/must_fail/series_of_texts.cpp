// expect: generate_series\(\) counts integers
#include "shop.hpp"

int main() {
#ifdef AZOTH_MUST_PASS
    static_cast<void>(az::func::generate_series(1, az::col<&package::id>));
#else
    static_cast<void>(az::func::generate_series(1, az::col<&package::name>));
#endif
}
