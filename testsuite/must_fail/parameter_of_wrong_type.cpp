// expect: text cannot be compared with a number
#include "shop.hpp"

int main() {
#ifdef AZOTH_MUST_PASS
    static_cast<void>(az::col<&package::id> == az::param<std::int64_t>("id"));
#else
    static_cast<void>(az::col<&package::id> == az::param<std::string>("id"));
#endif
}
