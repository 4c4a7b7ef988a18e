// expect: no unsigned ones of 64 bits
#include "shop.hpp"

int main() {
#ifdef AZOTH_MUST_PASS
    static_cast<void>(az::bound(std::uint32_t{1}).bitwise_not());
#else
    static_cast<void>(az::bound(std::uint64_t{1}).bitwise_not());
#endif
}
