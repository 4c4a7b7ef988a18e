// expect: belong to different families
#include "shop.hpp"

int main() {
#ifdef AZOTH_MUST_PASS
    static_cast<void>(az::insert<package>().set(az::col<&package::released>, az::date{}));
#else
    static_cast<void>(az::insert<package>().set(az::col<&package::released>, "today"));
#endif
}
