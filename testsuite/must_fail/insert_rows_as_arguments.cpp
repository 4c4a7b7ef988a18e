// expect: an insert of columns\(\) takes rows and no named arguments
#include "shop.hpp"

#include <azoth/azoth.hpp>

int main() {
    auto c = az::create_engine("sqlite://").connect();
    const auto add = az::insert<maintainer>().columns(az::col<&maintainer::name>, az::col<&maintainer::id>);
#ifdef AZOTH_MUST_PASS
    static_cast<void>(c.execute(add, {{"a", 1}, {"b", 2}}));
#else
    static_cast<void>(c.execute(add, az::arguments{{"a", 1}, {"b", 2}}));
#endif
}
