// expect: string_agg\(\) joins texts
#include "shop.hpp"

int main() {
#ifdef AZOTH_MUST_PASS
    static_cast<void>(az::func::string_agg(az::col<&package::id>.as<std::string>(), ","));
#else
    static_cast<void>(az::func::string_agg(az::col<&package::id>, ","));
#endif
}
