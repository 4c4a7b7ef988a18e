// expect: JSON has texts, numbers and booleans
#include "shop.hpp"

int main() {
#ifdef AZOTH_MUST_PASS
    static_cast<void>(az::func::json_agg(az::col<&package::released>.as<std::string>()));
#else
    static_cast<void>(az::func::json_agg(az::col<&package::released>));
#endif
}
