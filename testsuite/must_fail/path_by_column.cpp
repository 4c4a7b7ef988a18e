// expect: a JSON path is made of keys
#include "shop.hpp"

#include <nlohmann/json.hpp>

int main() {
#ifdef AZOTH_MUST_PASS
    static_cast<void>(az::param<nlohmann::json>("d")["name"]);
#else
    static_cast<void>(az::param<nlohmann::json>("d")[az::col<&package::name>]);
#endif
}
