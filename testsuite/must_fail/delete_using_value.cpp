// expect: this is nothing to select from
#include "shop.hpp"

int main() {
#ifdef AZOTH_MUST_PASS
    static_cast<void>(az::delete_<package>().using_(az::entity<maintainer>));
#else
    static_cast<void>(az::delete_<package>().using_(az::col<&maintainer::id>));
#endif
}
