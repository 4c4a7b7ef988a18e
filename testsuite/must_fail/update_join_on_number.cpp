// expect: a condition has to be true or false
#include "shop.hpp"

int main() {
#ifdef AZOTH_MUST_PASS
    static_cast<void>(az::update<package>().join<maintainer>(az::col<&maintainer::id> == az::col<&package::maintainer_id>));
#else
    static_cast<void>(az::update<package>().join<maintainer>(az::col<&maintainer::id>));
#endif
}
