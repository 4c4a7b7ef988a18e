// expect: a condition has to be true or false
#include "shop.hpp"

int main() {
#ifdef AZOTH_MUST_PASS
    static_cast<void>(az::select(az::col<&package::name>).group_by(az::col<&package::name>).having(az::func::count() > 1));
#else
    static_cast<void>(az::select(az::col<&package::name>).group_by(az::col<&package::name>).having(az::func::count()));
#endif
}
