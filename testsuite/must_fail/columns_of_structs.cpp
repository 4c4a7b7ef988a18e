// expect: the query returns whole structs
#include "shop.hpp"

int main() {
#ifdef AZOTH_MUST_PASS
    static_cast<void>(az::alias<maintainer>(az::select<maintainer>().subquery("m"))[&maintainer::id]);
#else
    static_cast<void>(az::select<maintainer>().subquery("m").columns());
#endif
}
