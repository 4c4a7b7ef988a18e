// expect: only an interval can be multiplied, and by an integer
#include "shop.hpp"

int main() {
#ifdef AZOTH_MUST_PASS
    static_cast<void>(az::param<std::chrono::microseconds>("i") * 2);
#else
    static_cast<void>(az::param<std::chrono::microseconds>("i") * 2.5);
#endif
}
