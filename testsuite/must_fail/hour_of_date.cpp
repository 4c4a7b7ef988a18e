// expect: a_moment_of_this_type_has_no_such_part
#include "shop.hpp"

int main() {
#ifdef AZOTH_MUST_PASS
    static_cast<void>(az::func::extract(az::date_part::hour, az::col<&package::reviewed>));
#else
    static_cast<void>(az::func::extract(az::date_part::hour, az::col<&package::released>));
#endif
}
