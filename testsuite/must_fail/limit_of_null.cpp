// expect: a limit or an offset cannot be NULL
#include "shop.hpp"

int main() {
#ifdef AZOTH_MUST_PASS
    static_cast<void>(az::select(az::col<&package::id>).limit(az::func::coalesce(az::col<&package::size>, 1)));
#else
    static_cast<void>(az::select(az::col<&package::id>).limit(az::select(az::func::max(az::col<&package::id>)).scalar()));
#endif
}
