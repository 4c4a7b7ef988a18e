#include "postgresql_support.hpp"

using namespace postgresql_tests;

TEST_CASE("postgresql batches: one behind a statement that gave no rows") {
    const auto on = server();
    if (!on) return;
    auto c = open(*on).connect();
    run(c, "CREATE TEMPORARY TABLE t (a int, b text)");
    run(c, "INSERT INTO t VALUES (1, 'one'), (2, NULL), (3, '')");
    run(c, "DELETE FROM t WHERE a = 3");
    const auto all = az::text("SELECT a, b FROM t ORDER BY a");
    for (int use = 0; use < 3; ++use) {
        auto results = c.execute_batch(all, az::text("SELECT 7 AS n"));
        const auto rows = std::get<0>(results).mappings();
        REQUIRE(rows.size() == 2);
        CHECK(rows[0].get<std::string>("b") == "one");
        CHECK(rows[1]["b"].is_null());
        CHECK(std::get<1>(results).scalar<int>() == 7);
        run(c, "DELETE FROM t WHERE a = " + std::to_string(4 + use));
    }
}
