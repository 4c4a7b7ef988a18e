// expect: bitwise operations need integers
#include "shop.hpp"

int main() {
#ifdef AZOTH_MUST_PASS
    static_cast<void>(az::col<&package::id>.bitwise_and(1));
#else
    static_cast<void>(az::col<&package::rating>.bitwise_and(1));
#endif
}
