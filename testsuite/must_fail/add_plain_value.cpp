// expect: a query.s columns are columns, expressions and entities
#include "shop.hpp"

int main() {
#ifdef AZOTH_MUST_PASS
    static_cast<void>(az::select(az::col<&package::name>).add_columns(az::col<&package::id>));
#else
    static_cast<void>(az::select(az::col<&package::name>).add_columns(5));
#endif
}
