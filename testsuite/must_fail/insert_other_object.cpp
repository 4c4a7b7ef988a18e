// expect: (cannot convert|no viable conversion|no known conversion|could not convert).*maintainer|no matching (member )?function for call
// to .*values
#include "shop.hpp"

int main() {
#ifdef AZOTH_MUST_PASS
    static_cast<void>(az::insert<package>().values(package{}));
#else
    static_cast<void>(az::insert<package>().values(maintainer{}));
#endif
}
