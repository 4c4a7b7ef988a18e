// expect: the rows of values<Ts...>\(\) have to be tuples of these types
#include "shop.hpp"

int main() {
#ifdef AZOTH_MUST_PASS
    static_cast<void>(az::values<std::int64_t, std::string>("v", {"id", "name"}, std::vector<std::tuple<std::int64_t, std::string>>{}));
#else
    static_cast<void>(az::values<std::int64_t, std::string>("v", {"id", "name"}, std::vector<std::tuple<std::string, std::int64_t>>{}));
#endif
}
