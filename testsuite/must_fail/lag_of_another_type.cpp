// expect: text cannot be compared with a number
#include "shop.hpp"

int main() {
#ifdef AZOTH_MUST_PASS
    static_cast<void>(az::func::lag(az::col<&package::id>, 1, 0).over());
#else
    static_cast<void>(az::func::lag(az::col<&package::id>, 1, "none").over());
#endif
}
