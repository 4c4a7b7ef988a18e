// expect: percentile_cont\(\) lies between two values
#include "shop.hpp"

int main() {
#ifdef AZOTH_MUST_PASS
    static_cast<void>(az::func::percentile_disc(0.5).within_group(az::col<&package::name>));
#else
    static_cast<void>(az::func::percentile_cont(0.5).within_group(az::col<&package::name>));
#endif
}
