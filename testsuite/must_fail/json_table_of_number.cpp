// expect: json_table\(\) takes a JSON document
#include "shop.hpp"

int main() {
#ifdef AZOTH_MUST_PASS
    static_cast<void>(az::json_table(az::bound(az::value{}), "$[*]", az::json_column<std::optional<bool>>("x", "$")));
#else
    static_cast<void>(az::json_table(az::col<&package::id>, "$[*]", az::json_column<std::optional<bool>>("x", "$")));
#endif
}
