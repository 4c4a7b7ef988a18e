// How far sequences and numbered columns have counted, and how they are told to go on elsewhere.
#include "postgresql_schema_support.hpp"

#include <fmt/format.h>

using namespace postgresql_tests;

namespace {

std::string next_numbers(const workshop& in, const az::reflection_request& request = {}) {
    names found;
    in.engine.with_executor([&](az::executor& on) {
        for (const auto& n : on.reflect().next_numbers(request))
            found.push_back(
                fmt::format("{}{}{} {}{}", n.of.name, n.column.empty() ? "" : ".", n.column, n.number, n.is_used_up ? " used up" : ""));
    });
    std::ranges::sort(found);
    return joined(found);
}

}  // namespace

TEST_CASE("postgresql next numbers: sequences, identities and serials") {
    const auto on = server();
    if (!on) return;
    const workshop shop{*on};
    CHECK(next_numbers(shop).empty());
    for (const std::string_view sql :
         {"CREATE SEQUENCE \"it's fresh\" START 7", "CREATE SEQUENCE used START 5 INCREMENT 3", "SELECT nextval('used')",
          "CREATE SEQUENCE moved", "ALTER SEQUENCE moved RESTART 40", "CREATE SEQUENCE turned START 2 MAXVALUE 2 CYCLE",
          "SELECT nextval('turned')", "CREATE SEQUENCE ended", "SELECT setval('ended', 9223372036854775807)",
          "CREATE SEQUENCE falling INCREMENT -2 MINVALUE -9", "SELECT nextval('falling')",
          "CREATE TABLE t (id BIGINT GENERATED ALWAYS AS IDENTITY, s SERIAL, n INTEGER)", "INSERT INTO t (n) VALUES (1), (2)",
          "DELETE FROM t", "CREATE TABLE other (id SMALLSERIAL)"})
        shop.make(sql);
    CHECK(next_numbers(shop) ==
          "ended 9223372036854775807 used up, falling -3, it's fresh 7, moved 40, other.id 1, t.id 3, t.s 3, turned 1, used 8");
    CHECK(next_numbers(shop, {.names = {"other"}, .sequences = false}) == "other.id 1");
    CHECK(next_numbers(shop, {.schema = "nowhere"}).empty());
}

TEST_CASE("postgresql next numbers: identities, serials and sequences go on where they are told") {
    const auto on = server();
    if (!on) return;
    const workshop shop{*on};
    shop.make("CREATE TABLE t (\"the id\" SERIAL PRIMARY KEY, n INTEGER)");
    shop.make("CREATE SEQUENCE s MAXVALUE 99 CYCLE");
    az::table t = shop.read().find("t");
    auto c = shop.engine.connect();
    (void)c.execute(az::restart_numbers(t, "the id", 50));
    (void)c.execute(az::insert(t).set(t["n"], 1));
    CHECK(number_of(c, "SELECT \"the id\" FROM t") == 50);
    CHECK(contains(thrown<az::error>([&] { (void)c.execute(az::restart_numbers(t, "n", 5)); }).what(), "the sequence of n"));
    c.rollback();
    (void)c.execute(az::alter_sequence(az::sequence{"s", {.maximum = 99, .cycle = true}}, 99));
    CHECK(number_of(c, "SELECT nextval('s')") == 99);
    CHECK(number_of(c, "SELECT nextval('s')") == 1);
}
