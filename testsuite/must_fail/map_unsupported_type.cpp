// expect: the member's type has no azoth::value_traits
#include "shop.hpp"

struct holder {
    std::int64_t id{};
    stranger what{};
};

int main() {
#ifdef AZOTH_MUST_PASS
    static_cast<void>(az::table_map<holder>("holder").column<&holder::id>());
#else
    static_cast<void>(az::table_map<holder>("holder").column<&holder::what>());
#endif
}
