// expect: a value that can be NULL cannot be assigned
#include "shop.hpp"

int main() {
#ifdef AZOTH_MUST_PASS
    static_cast<void>(az::update<package>().set(az::col<&package::id>, az::func::coalesce(az::col<&package::size>, 0)));
#else
    static_cast<void>(az::update<package>().set(az::col<&package::id>, az::col<&package::size>));
#endif
}
