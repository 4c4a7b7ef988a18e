// expect: databases keep microseconds
#include "shop.hpp"

int main() {
#ifdef AZOTH_MUST_PASS
    static_cast<void>(az::col<&package::reviewed> + std::chrono::microseconds{1});
#else
    static_cast<void>(az::col<&package::reviewed> + std::chrono::nanoseconds{1});
#endif
}
