// expect: the query must have as many columns as the insert fills
#include "shop.hpp"

int main() {
#ifdef AZOTH_MUST_PASS
    static_cast<void>(az::insert<package>()
                          .columns(az::col<&package::name>, az::col<&package::size>)
                          .from(az::select(az::col<&maintainer::name>, az::col<&maintainer::id>)));
#else
    static_cast<void>(
        az::insert<package>().columns(az::col<&package::name>, az::col<&package::size>).from(az::select(az::col<&maintainer::name>)));
#endif
}
