// expect: only 2 names (provided|were provided)
#include "shop.hpp"

int main() {
    az::connection connection = az::create_engine("sqlite://").connect();
#ifdef AZOTH_MUST_PASS
    for (auto [id, name, size] : connection.execute(az::select(az::col<&package::id>, az::col<&package::name>, az::col<&package::size>)))
        static_cast<void>(name);
#else
    for (auto [name, size] : connection.execute(az::select(az::col<&package::id>, az::col<&package::name>, az::col<&package::size>)))
        static_cast<void>(name);
#endif
}
