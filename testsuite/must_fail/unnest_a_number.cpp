// expect: unnest\(\) takes an array
#include "shop.hpp"

int main() {
#ifdef AZOTH_MUST_PASS
    static_cast<void>(az::func::unnest(az::bound(std::vector<std::int64_t>{1})));
#else
    static_cast<void>(az::func::unnest(az::col<&package::id>));
#endif
}
