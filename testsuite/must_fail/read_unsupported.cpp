// expect: (storable|constraint|no matching)
#include "shop.hpp"

int main() {
    az::connection connection = az::create_engine("sqlite://").connect();
#ifdef AZOTH_MUST_PASS
    static_cast<void>(connection.execute(az::text("SELECT 1")).scalar<int>());
#else
    static_cast<void>(connection.execute(az::text("SELECT 1")).scalar<stranger>());
#endif
}
