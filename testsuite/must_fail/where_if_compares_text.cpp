// expect: text cannot be compared with a number
#include "shop.hpp"

int main() {
#ifdef AZOTH_MUST_PASS
    static_cast<void>(az::select(az::col<&package::name>).where_if(std::optional{1}, [](int id) { return az::col<&package::id> == id; }));
#else
    static_cast<void>(az::select(az::col<&package::name>).where_if(std::optional<std::string>{}, [](const std::string& id) {
        return az::col<&package::id> == id;
    }));
#endif
}
