// expect: the two arrays have elements of other types
#include "shop.hpp"

#include <vector>

int main() {
#ifdef AZOTH_MUST_PASS
    static_cast<void>(az::func::array_concat(az::param<std::vector<int>>("a"), std::vector<int>{1}));
#else
    static_cast<void>(az::func::array_concat(az::param<std::vector<int>>("a"), std::vector<std::string>{"x"}));
#endif
}
