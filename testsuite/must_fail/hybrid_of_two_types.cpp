// expect: a hybrid gives the same of an object and in SQL
#include "shop.hpp"

int main() {
#ifdef AZOTH_MUST_PASS
    constexpr auto half = az::hybrid<package>([](const auto& p) { return p[&package::rating] / 2; });
#else
    constexpr auto half = az::hybrid<package>([](const auto& p) { return p[&package::id] / 2; });
#endif
    static_cast<void>(half(package{}));
}
