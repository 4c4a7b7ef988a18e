// expect: the order of its rows makes no difference to this aggregate
#include "shop.hpp"

int main() {
#ifdef AZOTH_MUST_PASS
    static_cast<void>(az::func::string_agg(az::col<&package::name>, ",").order_by(az::col<&package::id>));
#else
    static_cast<void>(az::func::sum(az::col<&package::id>).order_by(az::col<&package::id>));
#endif
}
