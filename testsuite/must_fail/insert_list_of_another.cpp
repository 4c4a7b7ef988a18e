// expect: values\(\) takes objects of the insert.s own struct
#include "shop.hpp"

int main() {
#ifdef AZOTH_MUST_PASS
    static_cast<void>(az::insert<package>().values(std::vector<package>{}));
#else
    static_cast<void>(az::insert<package>().values(std::vector<maintainer>{}));
#endif
}
