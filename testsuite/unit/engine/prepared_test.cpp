#include "fixture.hpp"

#include <catch2/catch.hpp>

#include <vector>

namespace {

/// Queries whose SQL differs from one another's.
std::vector<az::select_statement<std::string>> distinct(std::size_t count) {
    std::vector<az::select_statement<std::string>> queries;
    for (std::size_t i = 0; i < count; ++i) queries.push_back(az::select(col<&Owner::name>.label("n" + std::to_string(i))));
    return queries;
}

void run_in_turn(az::connection& on, const std::vector<az::select_statement<std::string>>& queries, int rounds) {
    for (int i = 0; i < rounds; ++i)
        for (const auto& query : queries) CHECK(on.scalars(query).size() == 3);
}

az::engine_options keeping(std::size_t prepared) {
    az::engine_options options;
    options.prepared_cache = prepared;
    return options;
}

}  // namespace

TEST_CASE("statements that are run in turn stay prepared, and their hits can be read") {
    const database db;
    auto c = db.engine.connect();
    const auto before = c.prepared_statements();
    run_in_turn(c, distinct(80), 5);
    const auto after = c.prepared_statements();
    CHECK(after.misses - before.misses == 80);
    CHECK(after.hits - before.hits == 320);
    CHECK(after.size - before.size == 80);
    CHECK(after.hit_rate() > 0.7);
    CHECK(az::cache_metrics{}.hit_rate() == 0);
}

TEST_CASE("the statement that was used longest ago is the first to go") {
    const database db{keeping(2)};
    auto c = db.engine.connect();
    const auto queries = distinct(3);
    run_in_turn(c, queries, 3);
    const auto before = c.prepared_statements();
    CHECK(before.size == 2);
    run_in_turn(c, {queries[1], queries[2], queries[1]}, 1);
    CHECK(c.prepared_statements().hits == before.hits + 3);
    run_in_turn(c, {queries[0], queries[1]}, 1);  // in place of the third, which was used before the second
    CHECK(c.prepared_statements().hits == before.hits + 4);
    CHECK(c.prepared_statements().misses == before.misses + 1);
    run_in_turn(c, {queries[2]}, 1);
    CHECK(c.prepared_statements().misses == before.misses + 2);
    CHECK(c.prepared_statements().size == 2);
}

TEST_CASE("a statement that was compiled anew runs through what its text has prepared") {
    az::engine_options options;
    options.statement_cache = 0;
    const database db{options};
    auto c = db.engine.connect();
    run_in_turn(c, distinct(1), 1);
    const auto before = c.prepared_statements();
    for (int i = 0; i < 100; ++i) run_in_turn(c, distinct(1), 1);
    CHECK(c.prepared_statements().misses == before.misses);
    CHECK(c.prepared_statements().size == before.size);
}

TEST_CASE("a connection without a cache prepares nothing, and counts nothing") {
    const database db{keeping(0)};
    auto c = db.engine.connect();
    run_in_turn(c, distinct(2), 2);
    CHECK(c.prepared_statements().size == 0);
    CHECK(c.prepared_statements().hits == 0);
}
