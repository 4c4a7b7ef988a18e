// expect: the hybrid is of another struct
#include "shop.hpp"

int main() {
    constexpr auto next = az::hybrid<package>([](const auto& p) { return p[&package::id] + 1; });
#ifdef AZOTH_MUST_PASS
    static_cast<void>(az::select(next(az::alias<package>("p"))));
#else
    static_cast<void>(az::select(next(az::alias<maintainer>("m"))));
#endif
}
