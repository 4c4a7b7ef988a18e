// expect: a limit or an offset is a whole number of rows
#include "shop.hpp"

int main() {
#ifdef AZOTH_MUST_PASS
    static_cast<void>(az::select(az::col<&package::id>).limit(az::param<std::int64_t>("n")));
#else
    static_cast<void>(az::select(az::col<&package::id>).limit(az::param<std::string>("n")));
#endif
}
