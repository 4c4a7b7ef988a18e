// expect: json_object\(\) takes keys and values in turn
#include "shop.hpp"

#include <nlohmann/json.hpp>

int main() {
#ifdef AZOTH_MUST_PASS
    static_cast<void>(az::func::json_object("a", 1));
#else
    static_cast<void>(az::func::json_object("a", 1, "b"));
#endif
}
