// expect: (cannot convert|no viable conversion|could not convert).*optional
#include "shop.hpp"

int main() {
    az::connection connection = az::create_engine("sqlite://").connect();
#ifdef AZOTH_MUST_PASS
    for (auto [name, size] : connection.execute(az::select(az::col<&package::name>, az::col<&package::size>))) {
        const std::int64_t plain = size.value_or(0);
        static_cast<void>(plain);
    }
#else
    for (auto [name, size] : connection.execute(az::select(az::col<&package::name>, az::col<&package::size>))) {
        const std::int64_t plain = size;
        static_cast<void>(plain);
    }
#endif
}
