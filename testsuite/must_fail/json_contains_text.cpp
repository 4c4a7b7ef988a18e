// expect: json_contains\(\) takes a JSON document
#include "shop.hpp"

#include <nlohmann/json.hpp>

int main() {
#ifdef AZOTH_MUST_PASS
    static_cast<void>(az::param<nlohmann::json>("d").json_contains(az::param<nlohmann::json>("e")));
#else
    static_cast<void>(az::param<nlohmann::json>("d").json_contains("x"));
#endif
}
