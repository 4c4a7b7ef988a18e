// expect: only moments of one type have a difference
#include "shop.hpp"

int main() {
#ifdef AZOTH_MUST_PASS
    static_cast<void>(az::func::current_date() - az::col<&package::released>);
#else
    static_cast<void>(az::func::local_timestamp() - az::col<&package::released>);
#endif
}
