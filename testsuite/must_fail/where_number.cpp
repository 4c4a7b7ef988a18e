// expect: a condition has to be true or false
#include "shop.hpp"

int main() {
#ifdef AZOTH_MUST_PASS
    static_cast<void>(az::select(az::col<&package::name>).where(az::col<&package::size> > 5));
#else
    static_cast<void>(az::select(az::col<&package::name>).where(az::col<&package::size>));
#endif
}
