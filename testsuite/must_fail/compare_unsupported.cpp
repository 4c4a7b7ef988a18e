// expect: a value of this type cannot be bound
#include "shop.hpp"

int main() {
#ifdef AZOTH_MUST_PASS
    static_cast<void>(az::col<&package::id> == 5);
#else
    static_cast<void>(az::col<&package::id> == stranger{});
#endif
}
