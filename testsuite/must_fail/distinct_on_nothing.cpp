// expect: distinct_on\(\) needs the expressions by which rows are equal
#include "shop.hpp"

int main() {
#ifdef AZOTH_MUST_PASS
    static_cast<void>(az::select(az::col<&package::id>).distinct_on(az::col<&package::name>));
#else
    static_cast<void>(az::select(az::col<&package::id>).distinct_on());
#endif
}
