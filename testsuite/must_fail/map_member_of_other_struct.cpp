// expect: the member belongs to another struct
#include "shop.hpp"

int main() {
#ifdef AZOTH_MUST_PASS
    static_cast<void>(az::table_map<package>("package").column<&package::name>());
#else
    static_cast<void>(az::table_map<package>("package").column<&maintainer::name>());
#endif
}
