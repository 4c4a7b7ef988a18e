// expect: text cannot be compared with a number
#include "shop.hpp"

int main() {
#ifdef AZOTH_MUST_PASS
    static_cast<void>(az::col<&package::id>.between(1, 2));
#else
    static_cast<void>(az::col<&package::id>.between("a", "b"));
#endif
}
