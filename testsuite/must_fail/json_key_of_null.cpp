// expect: a key of a JSON object cannot be NULL
#include "shop.hpp"

int main() {
#ifdef AZOTH_MUST_PASS
    static_cast<void>(az::func::json_object_agg(az::col<&package::name>, az::col<&package::id>));
#else
    static_cast<void>(az::func::json_object_agg(az::maybe(az::col<&package::name>), az::col<&package::id>));
#endif
}
