// expect: JSON holds texts, integers, doubles, truths and documents
#include "shop.hpp"

#include <nlohmann/json.hpp>

int main() {
#ifdef AZOTH_MUST_PASS
    static_cast<void>(az::func::json_object("on", az::col<&package::released>.as<std::string>()));
#else
    static_cast<void>(az::func::json_object("on", az::col<&package::released>));
#endif
}
