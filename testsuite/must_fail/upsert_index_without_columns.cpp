// expect: a partial index is found by its columns
#include "shop.hpp"

int main() {
#ifdef AZOTH_MUST_PASS
    static_cast<void>(az::insert<package>().on_conflict(az::col<&package::name>).index_where(az::col<&package::essential>));
#else
    static_cast<void>(az::insert<package>().on_conflict().index_where(az::col<&package::essential>));
#endif
}
