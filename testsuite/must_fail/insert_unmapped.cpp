// expect: this struct is not mapped
#include "shop.hpp"

int main() {
#ifdef AZOTH_MUST_PASS
    static_cast<void>(az::insert<package>());
#else
    static_cast<void>(az::insert<stranger>());
#endif
}
