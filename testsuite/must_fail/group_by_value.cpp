// expect: group_by\(\) takes expressions
#include "shop.hpp"

int main() {
#ifdef AZOTH_MUST_PASS
    static_cast<void>(az::select(az::func::count()).group_by(az::col<&package::id>));
#else
    static_cast<void>(az::select(az::func::count()).group_by(5));
#endif
}
