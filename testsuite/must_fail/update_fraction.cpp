// expect: a number with a fraction cannot be assigned to an integer column
#include "shop.hpp"

int main() {
#ifdef AZOTH_MUST_PASS
    static_cast<void>(az::update<package>().set(az::col<&package::id>, (az::col<&package::id> / 2).as<std::int64_t>()));
#else
    static_cast<void>(az::update<package>().set(az::col<&package::id>, az::col<&package::id> / 2));
#endif
}
