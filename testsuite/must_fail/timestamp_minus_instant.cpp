// expect: a timestamp without zone and an instant have no difference
#include "shop.hpp"

int main() {
#ifdef AZOTH_MUST_PASS
    static_cast<void>(az::func::now() - az::col<&package::uploaded>);
#else
    static_cast<void>(az::col<&package::reviewed> - az::col<&package::uploaded>);
#endif
}
