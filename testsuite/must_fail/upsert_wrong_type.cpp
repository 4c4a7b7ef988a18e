// expect: text cannot be compared with a number
#include "shop.hpp"

int main() {
#ifdef AZOTH_MUST_PASS
    static_cast<void>(az::insert<package>()
                          .on_conflict(az::col<&package::id>)
                          .do_update()
                          .set(az::col<&package::name>, az::proposed(az::col<&package::name>)));
#else
    static_cast<void>(az::insert<package>()
                          .on_conflict(az::col<&package::id>)
                          .do_update()
                          .set(az::col<&package::name>, az::proposed(az::col<&package::size>)));
#endif
}
