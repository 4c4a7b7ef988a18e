// expect: a json_table has columns of integers
#include "shop.hpp"

int main() {
#ifdef AZOTH_MUST_PASS
    static_cast<void>(az::json_column<std::optional<std::string>>("n", "$.n"));
#else
    static_cast<void>(az::json_column<std::optional<az::date>>("n", "$.n"));
#endif
}
