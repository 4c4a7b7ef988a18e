// expect: RETURNING gives columns, expressions and whole entities
#include "shop.hpp"

int main() {
#ifdef AZOTH_MUST_PASS
    static_cast<void>(az::insert<package>().returning(az::entity<package>));
#else
    static_cast<void>(az::insert<package>().returning(5));
#endif
}
