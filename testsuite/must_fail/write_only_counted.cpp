// expect: a write_only collection is never loaded
#include "collections.hpp"

int main() {
    const auto b = az::make<book>();
#ifdef AZOTH_MUST_PASS
    static_cast<void>(b->all.size());
#else
    static_cast<void>(b->sales.size());
#endif
}
