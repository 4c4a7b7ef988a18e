// expect: a scalar subquery has exactly one column
#include "shop.hpp"

int main() {
#ifdef AZOTH_MUST_PASS
    static_cast<void>(az::select(az::col<&package::id>).union_(az::select(az::col<&maintainer::id>)).scalar());
#else
    static_cast<void>(az::select(az::col<&package::id>, az::col<&package::name>)
                          .union_(az::select(az::col<&maintainer::id>, az::col<&maintainer::name>))
                          .scalar());
#endif
}
