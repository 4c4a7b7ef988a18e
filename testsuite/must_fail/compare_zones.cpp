// expect: a timestamp without zone cannot be compared with an instant
#include "shop.hpp"

int main() {
#ifdef AZOTH_MUST_PASS
    static_cast<void>(az::col<&package::uploaded> < az::timestamp{});
#else
    static_cast<void>(az::col<&package::uploaded> < az::col<&package::reviewed>);
#endif
}
