// expect: only text has a collation
#include "shop.hpp"

int main() {
#ifdef AZOTH_MUST_PASS
    static_cast<void>(az::col<&package::name>.collate("C"));
#else
    static_cast<void>(az::col<&package::id>.collate("C"));
#endif
}
