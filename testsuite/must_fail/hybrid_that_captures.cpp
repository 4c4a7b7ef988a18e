// expect: a hybrid is made by a lambda that captures nothing
#include "shop.hpp"

int main() {
    const std::int64_t least = 5;
#ifdef AZOTH_MUST_PASS
    const auto big = az::hybrid_method<package>([](const auto& p, const auto& n) { return p[&package::id] > n; });
    static_cast<void>(az::select<package>().where(big(az::entity<package>, least)));
#else
    const auto big = az::hybrid_method<package>([least](const auto& p) { return p[&package::id] > least; });
    static_cast<void>(az::select<package>().where(big(az::entity<package>)));
#endif
}
