// expect: a regular expression needs a text on its left
#include "shop.hpp"

int main() {
#ifdef AZOTH_MUST_PASS
    static_cast<void>(az::col<&package::name>.regexp_match("^a"));
#else
    static_cast<void>(az::col<&package::id>.regexp_match("^a"));
#endif
}
