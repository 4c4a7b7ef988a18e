// expect: belong to different families
#include "shop.hpp"

int main() {
#ifdef AZOTH_MUST_PASS
    static_cast<void>(az::col<&package::key> == az::uuid{});
#else
    static_cast<void>(az::col<&package::key> == az::col<&package::id>);
#endif
}
