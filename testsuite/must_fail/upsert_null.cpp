// expect: a value that can be NULL cannot be assigned
#include "shop.hpp"

int main() {
#ifdef AZOTH_MUST_PASS
    static_cast<void>(az::insert<package>()
                          .on_conflict(az::col<&package::id>)
                          .do_update()
                          .set(az::col<&package::maintainer_id>, az::func::coalesce(az::proposed(az::col<&package::size>), 0)));
#else
    static_cast<void>(az::insert<package>()
                          .on_conflict(az::col<&package::id>)
                          .do_update()
                          .set(az::col<&package::maintainer_id>, az::proposed(az::col<&package::size>)));
#endif
}
