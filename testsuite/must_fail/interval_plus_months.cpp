// expect: months and years have no fixed length
#include "shop.hpp"

int main() {
#ifdef AZOTH_MUST_PASS
    static_cast<void>(az::param<std::chrono::microseconds>("i") + std::chrono::days{1});
#else
    static_cast<void>(az::param<std::chrono::microseconds>("i") + std::chrono::months{1});
#endif
}
