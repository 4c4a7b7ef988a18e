// expect: a RANGE frame reaches as far as a number or a std::chrono duration says
#include "shop.hpp"

int main() {
#ifdef AZOTH_MUST_PASS
    static_cast<void>(az::window{}.range(-1, std::nullopt));
#else
    static_cast<void>(az::window{}.range(std::string{"a"}, std::nullopt));
#endif
}
