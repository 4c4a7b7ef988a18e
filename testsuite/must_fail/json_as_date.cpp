// expect: JSON is read as a signed integer
#include "shop.hpp"

#include <nlohmann/json.hpp>

int main() {
#ifdef AZOTH_MUST_PASS
    static_cast<void>(az::param<nlohmann::json>("d")["on"].json_as<std::string>());
#else
    static_cast<void>(az::param<nlohmann::json>("d")["on"].json_as<az::date>());
#endif
}
