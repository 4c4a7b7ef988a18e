// expect: only a column can be set
#include "shop.hpp"

int main() {
#ifdef AZOTH_MUST_PASS
    static_cast<void>(az::update<package>().set(az::col<&package::size>, 1));
#else
    static_cast<void>(az::update<package>().set("size", 1));
#endif
}
