#include "fixture.hpp"

#include <catch2/catch.hpp>

#include <limits>

using Catch::Matchers::Contains;

namespace {

const auto query = az::select(col<&Owner::name>)
                       .where(col<&Owner::name> == "O'Hara", col<&Owner::id>.in({1, 2}), col<&Owner::age> > az::param<std::int32_t>("age"));

}  // namespace

TEST_CASE("a statement is printed for a dialect without a connection") {
    CHECK(az::to_sql(query, "sqlite") ==
          "SELECT \"owner\".\"name\" FROM \"owner\" WHERE \"owner\".\"name\" = 'O''Hara' AND "
          "(\"owner\".\"id\" IN (1, 2)) AND \"owner\".\"age\" > :age");
    CHECK_THAT(az::to_sql(az::select(col<&Owner::name>).where(col<&Owner::id>.in(az::param_list<std::int64_t>("ids"))), "sqlite"),
               Contains("IN (:ids)"));
    CHECK(error_of<az::plugin_error>([] { (void)az::to_sql(query, "sqlit"); }).code() == az::errc::plugin_not_found);
}

TEST_CASE("a statement is compiled for a dialect, its parameters beside it") {
    const auto compiled = az::compile(query, "sqlite");
    CHECK(compiled.sql ==
          "SELECT \"owner\".\"name\" FROM \"owner\" WHERE \"owner\".\"name\" = ? AND (\"owner\".\"id\" IN (?, ?)) AND "
          "\"owner\".\"age\" > ?");
    REQUIRE(compiled.parameters.size() == 4);
    CHECK(compiled.parameters[0].content == az::value{"O'Hara"});
    CHECK(compiled.parameters[2].content == az::value{std::int64_t{2}});
    CHECK(compiled.parameters[3].name == "age");
    CHECK(compiled.parameters[3].content.is_null());
    CHECK(compiled.columns == std::vector<std::string>{"name"});
}

TEST_CASE("a statement that makes a value is compiled with one") {
    const az::table t{"t",
                      {az::column("id", az::type_kind::big_integer),
                       az::column("code", az::type_kind::text, az::default_from([] { return std::string{"made"}; }))}};
    const auto compiled = az::compile(az::insert(t).set(t["id"], az::value{1}), "sqlite");
    REQUIRE(compiled.parameters.size() == 2);
    CHECK(compiled.parameters[1].name.empty());
    CHECK(compiled.parameters[1].content == az::value{"made"});
}

TEST_CASE("what has no literal is not printed as something else") {
    const auto nan = az::select(az::bound(std::numeric_limits<double>::quiet_NaN()));
    CHECK_THROWS_AS(az::to_sql(nan, "sqlite"), az::data_error);
    const auto nul = az::select(az::bound(std::string("a\0b", 3)));
    CHECK_THROWS_AS(az::to_sql(nul, "sqlite"), az::data_error);
}

TEST_CASE("schemas are translated in print too") {
    const az::table t{"t", {az::column("id", az::type_kind::big_integer)}, "tenant"};
    CHECK(az::to_sql(az::select(t["id"]), "sqlite", {.schemas = {{"tenant", "t7"}}}) == "SELECT \"t7\".\"t\".\"id\" FROM \"t7\".\"t\"");
    CHECK(az::to_sql(az::select(t["id"]), "sqlite", {.schemas = {{"tenant", ""}}}) == "SELECT \"t\".\"id\" FROM \"t\"");
    // Namesakes are told apart by the schemas that are written.
    const az::table plain{"t", {az::column("id", az::type_kind::big_integer)}};
    const auto both = az::select(t["id"], plain["id"]);
    CHECK(az::to_sql(both, "sqlite", {.schemas = {{"", "t7"}}}) ==
          "SELECT \"tenant\".\"t\".\"id\", \"t7\".\"t\".\"id\" FROM \"tenant\".\"t\", \"t7\".\"t\"");
    CHECK(az::to_sql(both, "sqlite", {.schemas = {{"tenant", ""}}}) ==
          "SELECT \"t_1\".\"id\", \"t_2\".\"id\" FROM \"t\" AS \"t_1\", \"t\" AS \"t_2\"");
}

TEST_CASE("pretty print has a clause a line, and leaves quotes alone") {
    const auto inner = az::select(az::func::count()).select_from(az::entity<Pet>).where(col<&Pet::owner_id> == col<&Owner::id>);
    const auto whole = az::select(col<&Owner::name>, inner.scalar().label("pets"))
                           .where(col<&Owner::name> == " FROM here (SELECT ")
                           .order_by(col<&Owner::name>)
                           .limit(3);
    CHECK(az::to_sql(whole, "sqlite", {.pretty = true}) == R"(SELECT "owner"."name", (
    SELECT count(*)
    FROM "pet"
    WHERE "pet"."owner_id" = "owner"."id"
) AS "pets"
FROM "owner"
WHERE "owner"."name" = ' FROM here (SELECT '
ORDER BY "owner"."name"
LIMIT 3)");
}
