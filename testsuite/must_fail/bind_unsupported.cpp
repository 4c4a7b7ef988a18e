// expect: a value of this type cannot be bound
#include "shop.hpp"

int main() {
#ifdef AZOTH_MUST_PASS
    static_cast<void>(az::text("SELECT :p").bind("p", 5));
#else
    static_cast<void>(az::text("SELECT :p").bind("p", stranger{}));
#endif
}
