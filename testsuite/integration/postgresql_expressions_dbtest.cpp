#include "postgresql_support.hpp"

using namespace postgresql_tests;

TEST_CASE("postgresql expressions: casts between booleans, numbers and text") {
    const auto on = server();
    if (!on) return;
    auto c = open(*on).connect();
    CHECK(c.scalar(az::select(az::bound(5).as<bool>())));
    CHECK_FALSE(c.scalar(az::select(az::bound(std::int64_t{0}).as<bool>())));
    CHECK(c.scalar(az::select(az::bound(true).as<std::int64_t>())) == 1);
    CHECK(c.scalar(az::select(az::bound(true).as<double>())) == 1.0);
    CHECK(c.scalar(az::select(az::bound(7.5) % az::bound(2.0))) == 1.5);
    CHECK(c.scalar(az::select(az::bound(1) / az::bound(2))) == 0.5);
    CHECK(c.scalar(az::select(az::bound(std::string{"50%\\"}).like(std::string{"50_\\"}))));  // a backslash is one like others
    CHECK_FALSE(c.scalar(az::select(az::bound(std::string{"A"}).like(std::string{"a"}))));
}
