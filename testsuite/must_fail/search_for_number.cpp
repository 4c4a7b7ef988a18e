// expect: starts_with\(\), ends_with\(\) and contains\(\) look for a text
#include "shop.hpp"

int main() {
#ifdef AZOTH_MUST_PASS
    static_cast<void>(az::col<&package::name>.contains("5"));
#else
    static_cast<void>(az::col<&package::name>.contains(5));
#endif
}
