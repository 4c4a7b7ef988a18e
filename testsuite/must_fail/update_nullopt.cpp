// expect: a value that can be NULL cannot be assigned
#include "shop.hpp"

int main() {
#ifdef AZOTH_MUST_PASS
    static_cast<void>(az::update<package>().set(az::col<&package::size>, std::nullopt));
#else
    static_cast<void>(az::update<package>().set(az::col<&package::name>, std::nullopt));
#endif
}
