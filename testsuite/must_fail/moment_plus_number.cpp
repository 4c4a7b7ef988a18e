// expect: a moment is moved by a duration
#include "shop.hpp"

int main() {
#ifdef AZOTH_MUST_PASS
    static_cast<void>(az::col<&package::released> + std::chrono::days{1});
#else
    static_cast<void>(az::col<&package::released> + 1);
#endif
}
