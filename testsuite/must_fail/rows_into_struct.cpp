// expect: this struct cannot be made of the row's fields
#include "shop.hpp"

struct summary {
    std::string name;
    std::int64_t size;
};

int main() {
    az::connection connection = az::create_engine("sqlite://").connect();
#ifdef AZOTH_MUST_PASS
    static_cast<void>(connection.execute(az::select(az::col<&package::name>, az::col<&package::id>)).as<summary>());
#else
    static_cast<void>(connection.execute(az::select(az::col<&package::name>, az::col<&package::size>)).as<summary>());
#endif
}
