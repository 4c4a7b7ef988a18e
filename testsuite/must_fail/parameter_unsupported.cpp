// expect: a parameter of this type cannot be sent
#include "shop.hpp"

int main() {
#ifdef AZOTH_MUST_PASS
    static_cast<void>(az::param<std::string>("n"));
#else
    static_cast<void>(az::param<maintainer>("n"));
#endif
}
