// expect: a value can be missing from a JSON document
#include "shop.hpp"

int main() {
#ifdef AZOTH_MUST_PASS
    static_cast<void>(az::json_column<std::optional<std::int64_t>>("n", "$.n"));
#else
    static_cast<void>(az::json_column<std::int64_t>("n", "$.n"));
#endif
}
