// expect: json_array_length\(\) needs a JSON document
#include "shop.hpp"

#include <nlohmann/json.hpp>

int main() {
#ifdef AZOTH_MUST_PASS
    static_cast<void>(az::func::json_array_length(az::param<nlohmann::json>("d")));
#else
    static_cast<void>(az::func::json_array_length(az::col<&package::name>));
#endif
}
