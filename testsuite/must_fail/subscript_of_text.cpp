// expect: only JSON documents and arrays have elements
#include "shop.hpp"

#include <nlohmann/json.hpp>

int main() {
#ifdef AZOTH_MUST_PASS
    static_cast<void>(az::param<nlohmann::json>("d")[0]);
#else
    static_cast<void>(az::col<&package::name>[0]);
#endif
}
