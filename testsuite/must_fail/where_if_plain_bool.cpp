// expect: a condition is an expression of columns
#include "shop.hpp"

int main() {
#ifdef AZOTH_MUST_PASS
    static_cast<void>(az::select(az::col<&package::name>).where_if(true, az::col<&package::id> == 1));
#else
    static_cast<void>(az::select(az::col<&package::name>).where_if(true, 1 == 1));
#endif
}
