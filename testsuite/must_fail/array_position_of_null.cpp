// expect: what is looked for in an array may be NULL
#include "shop.hpp"

#include <vector>

int main() {
#ifdef AZOTH_MUST_PASS
    static_cast<void>(az::func::array_position(az::param<std::vector<std::int64_t>>("a"), az::col<&package::id>));
#else
    static_cast<void>(az::func::array_position(az::param<std::vector<std::int64_t>>("a"), az::col<&package::size>));
#endif
}
