// expect: text cannot be compared with a number
#include "shop.hpp"

int main() {
#ifdef AZOTH_MUST_PASS
    static_cast<void>(az::col<&package::id>.in(az::param_list<std::int64_t>("ids")));
#else
    static_cast<void>(az::col<&package::id>.in(az::param_list<std::string>("ids")));
#endif
}
