// expect: proposed\(\) takes a column
#include "shop.hpp"

int main() {
#ifdef AZOTH_MUST_PASS
    static_cast<void>(az::proposed(az::col<&package::size>));
#else
    static_cast<void>(az::proposed(5));
#endif
}
