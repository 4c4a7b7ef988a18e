// expect: have not the same number of elements
#include "shop.hpp"

int main() {
#ifdef AZOTH_MUST_PASS
    static_cast<void>(az::tuple_(az::col<&package::id>, az::col<&package::name>) == az::tuple_(1, "a"));
#else
    static_cast<void>(az::tuple_(az::col<&package::id>, az::col<&package::name>) == az::tuple_(1, "a", 2));
#endif
}
