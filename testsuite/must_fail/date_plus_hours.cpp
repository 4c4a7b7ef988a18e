// expect: a date is moved by whole days
#include "shop.hpp"

int main() {
#ifdef AZOTH_MUST_PASS
    static_cast<void>(az::col<&package::reviewed> + std::chrono::hours{1});
#else
    static_cast<void>(az::col<&package::released> + std::chrono::hours{1});
#endif
}
