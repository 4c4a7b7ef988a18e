// expect: a_moment_of_this_type_cannot_be_truncated_to_this_part
#include "shop.hpp"

int main() {
#ifdef AZOTH_MUST_PASS
    static_cast<void>(az::func::date_trunc(az::date_part::week, az::col<&package::reviewed>));
#else
    static_cast<void>(az::func::date_trunc(az::date_part::day_of_week, az::col<&package::reviewed>));
#endif
}
