// expect: LIKE needs a text column on its left
#include "shop.hpp"

int main() {
#ifdef AZOTH_MUST_PASS
    static_cast<void>(az::col<&package::name>.like("5%"));
#else
    static_cast<void>(az::col<&package::id>.like("5%"));
#endif
}
