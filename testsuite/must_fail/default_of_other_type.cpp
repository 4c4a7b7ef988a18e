// expect: text cannot be compared with a number
#include "shop.hpp"

int main() {
    az::table_map<maintainer> map{"maintainer"};
#ifdef AZOTH_MUST_PASS
    map.column<&maintainer::name>(az::default_from([] { return std::string{"new"}; }));
#else
    map.column<&maintainer::name>(az::default_from([] { return 5; }));
#endif
}
