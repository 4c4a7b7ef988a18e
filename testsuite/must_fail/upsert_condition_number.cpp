// expect: a condition has to be true or false
#include "shop.hpp"

int main() {
#ifdef AZOTH_MUST_PASS
    static_cast<void>(az::insert<package>()
                          .on_conflict(az::col<&package::id>)
                          .do_update()
                          .set(az::col<&package::size>, 1)
                          .where(az::proposed(az::col<&package::size>) > 1));
#else
    static_cast<void>(az::insert<package>()
                          .on_conflict(az::col<&package::id>)
                          .do_update()
                          .set(az::col<&package::size>, 1)
                          .where(az::proposed(az::col<&package::size>)));
#endif
}
