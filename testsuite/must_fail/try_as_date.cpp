// expect: try_as\(\) makes numbers of texts
#include "shop.hpp"

int main() {
#ifdef AZOTH_MUST_PASS
    static_cast<void>(az::col<&package::name>.try_as<std::int64_t>());
#else
    static_cast<void>(az::col<&package::name>.try_as<az::date>());
#endif
}
