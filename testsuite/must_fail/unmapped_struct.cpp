// expect: the member's struct is not mapped
#include "shop.hpp"

int main() {
#ifdef AZOTH_MUST_PASS
    static_cast<void>(az::select(az::col<&package::id>));
#else
    static_cast<void>(az::select(az::col<&stranger::id>));
#endif
}
