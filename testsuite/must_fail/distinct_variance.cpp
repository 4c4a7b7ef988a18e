// expect: this aggregate has no distinct\(\)
#include "shop.hpp"

int main() {
#ifdef AZOTH_MUST_PASS
    static_cast<void>(az::func::sum(az::col<&package::id>).distinct());
#else
    static_cast<void>(az::func::var_pop(az::col<&package::id>).distinct());
#endif
}
