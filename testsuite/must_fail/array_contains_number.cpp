// expect: text cannot be compared with a number
#include "shop.hpp"

#include <vector>

int main() {
#ifdef AZOTH_MUST_PASS
    static_cast<void>(az::param<std::vector<std::string>>("a").array_contains("x"));
#else
    static_cast<void>(az::param<std::vector<std::string>>("a").array_contains(5));
#endif
}
