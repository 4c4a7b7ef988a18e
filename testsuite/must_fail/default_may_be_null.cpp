// expect: a default that can be NULL is given to a member that cannot
#include "shop.hpp"

int main() {
    az::table_map<package> map{"package"};
    const auto nothing = [] { return std::optional<std::int64_t>{}; };
#ifdef AZOTH_MUST_PASS
    map.column<&package::size>(az::default_from(nothing));
#else
    map.column<&package::id>(az::default_from(nothing));
#endif
}
