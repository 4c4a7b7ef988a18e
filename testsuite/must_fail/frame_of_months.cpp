// expect: months and years have no fixed length
#include "shop.hpp"

int main() {
#ifdef AZOTH_MUST_PASS
    static_cast<void>(az::window{}.range(-std::chrono::days{30}, 0));
#else
    static_cast<void>(az::window{}.range(-std::chrono::months{1}, 0));
#endif
}
