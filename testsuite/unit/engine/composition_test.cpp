#include "fixture.hpp"

#include <catch2/catch.hpp>

#include <map>

using Catch::Matchers::Contains;

namespace {

/// What a program's user may ask for; what is not said is no condition.
struct owner_filter {
    std::optional<std::string> name{};
    std::optional<std::int32_t> least_age{};
    bool with_age_only{};
};

auto owners(const owner_filter& f) {
    return az::select(col<&Owner::name>)
        .where_if(f.name, [](const std::string& name) { return col<&Owner::name> == name; })
        .where_if(f.least_age, [](std::int32_t age) { return col<&Owner::age> >= age; })
        .where_if(f.with_age_only, col<&Owner::age>.is_not_null())
        .order_by(col<&Owner::id>);
}

}  // namespace

TEST_CASE("filters are added where they are wanted, and found in the cache") {
    const database db;
    auto c = db.engine.connect();
    CHECK(c.scalars(owners({})).size() == 3);
    CHECK(c.scalars(owners({.name = "Bob"})) == std::vector<std::string>{"Bob"});
    CHECK(c.scalars(owners({.least_age = 40})) == std::vector<std::string>{"Cem"});
    CHECK(c.scalars(owners({.with_age_only = true})) == std::vector<std::string>{"Ann", "Cem"});
    CHECK(c.scalars(owners({.name = "Bob", .least_age = 1})).empty());
    const auto misses = db.engine.statement_cache().misses;
    CHECK(c.scalars(owners({.name = "Ann"})) == std::vector<std::string>{"Ann"});
    CHECK(db.engine.statement_cache().misses == misses);
}

TEST_CASE("columns are added and replaced, typed") {
    const database db;
    auto c = db.engine.connect();
    const auto base = owners({.with_age_only = true});
    const auto rows = c.execute(base.add_columns(col<&Owner::id>, col<&Owner::age>)).all();
    CHECK(rows == std::vector<std::tuple<std::string, std::int64_t, std::optional<std::int32_t>>>{{"Ann", 1, 30}, {"Cem", 3, 50}});
    const auto counted = az::select(col<&Owner::name>).where(col<&Owner::age> > 1).with_only_columns(az::func::count());
    CHECK(c.scalar(counted) == 2);
    CHECK(c.scalar(az::select(col<&Owner::name>).with_only_columns(az::func::count())) == 3);
}

TEST_CASE("columns are chosen at run time") {
    const database db;
    auto c = db.engine.connect();
    const std::map<std::string, az::expr<az::value>> known{{"id", az::expr<az::value>{col<&Owner::id>.node()}},
                                                           {"age", az::expr<az::value>{col<&Owner::age>.node()}}};
    std::vector<az::expr<az::value>> wanted;
    for (const char* name : {"age", "id"}) wanted.push_back(known.at(name));
    const auto base = owners({.name = "Ann"});
    const auto added = c.execute(base.add_columns(wanted)).mappings();
    REQUIRE(added.size() == 1);
    CHECK(added[0].get<std::string>("name") == "Ann");
    CHECK(added[0].get<int>("age") == 30);
    const auto replaced = c.execute(base.with_only_columns(wanted)).mappings();
    REQUIRE(replaced.size() == 1);
    CHECK(replaced[0].size() == 2);
    CHECK(replaced[0].get<int>("id") == 1);
}

TEST_CASE("queries of different columns are kept together") {
    const database db;
    auto c = db.engine.connect();
    std::vector<az::select_statement<>> queries{owners({}).untyped(), az::select(col<&Owner::id>, col<&Owner::age>).untyped()};
    for (auto& q : queries) q = q.where(col<&Owner::id> == 2);
    CHECK(c.execute(queries[0]).mappings().at(0)[0].as<std::string>() == "Bob");
    CHECK(c.execute(queries[1]).mappings().at(0)[1].is_null());

    const std::map<std::string, az::any_statement> reports{{"names", owners({})},
                                                           {"count", az::select(az::func::count()).select_from(az::entity<Owner>)},
                                                           {"text", az::text("SELECT 7 AS n")},
                                                           {"birthday", az::update<Owner>().set(col<&Owner::age>, col<&Owner::age> + 1)}};
    CHECK(c.execute(reports.at("names")).mappings().size() == 3);
    CHECK(c.execute(reports.at("count")).scalar<int>() == 3);
    CHECK(c.execute(reports.at("text")).scalar<int>() == 7);
    CHECK(c.execute(reports.at("birthday")).affected_rows() == 3);
}

TEST_CASE("a query that outer joins can lose its types, and then read NULL") {
    const database db;
    auto c = db.engine.connect();
    const auto query = az::select(col<&Owner::name>, col<&Pet::name>).outer_join<Pet>(col<&Pet::owner_id> == col<&Owner::id>);
    CHECK_THROWS_AS(c.execute(query), az::programming_error);
    CHECK(c.execute(query.untyped()).mappings().at(0)[1].is_null());
}
