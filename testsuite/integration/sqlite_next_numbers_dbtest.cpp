// How far AUTOINCREMENT has counted, and how it is told to go on elsewhere.
#include "sqlite_schema_support.hpp"

#include <fmt/format.h>

using namespace sqlite_tests;

namespace {

std::vector<std::string> next_numbers(const az::executor_source& in, const az::reflection_request& request = {}) {
    std::vector<std::string> found;
    for (const auto& n : asked(in, [&](az::reflector& r) { return r.next_numbers(request); }))
        found.push_back(fmt::format("{}.{} {}{}", n.of.name, n.column, n.number, n.is_used_up ? " used up" : ""));
    std::ranges::sort(found);
    return found;
}

}  // namespace

TEST_CASE("sqlite next numbers: AUTOINCREMENT, from the last number that was given") {
    CHECK(next_numbers(made_by({"CREATE TABLE plain (id INTEGER PRIMARY KEY)"})).empty());
    const az::connection c = made_by(
        {"CREATE TABLE \"it's\" (n INTEGER, \"the id\" INTEGER PRIMARY KEY AUTOINCREMENT)", "INSERT INTO \"it's\" (n) VALUES (1), (2)",
         "DELETE FROM \"it's\"", "CREATE TABLE ended (id INTEGER PRIMARY KEY AUTOINCREMENT)",
         "INSERT INTO ended VALUES (9223372036854775807)", "CREATE TABLE untouched (id INTEGER PRIMARY KEY AUTOINCREMENT)",
         "CREATE TABLE plain (id INTEGER PRIMARY KEY)", "INSERT INTO plain VALUES (7)"});
    CHECK(next_numbers(c) == std::vector<std::string>{"ended.id 9223372036854775807 used up", "it's.the id 3"});
    CHECK(next_numbers(c, {.names = {"IT'S"}}) == std::vector<std::string>{"it's.the id 3"});
    CHECK(next_numbers(c, {.schema = "nowhere"}).empty());
}

TEST_CASE("sqlite next numbers: an identity goes on where it is told, before and behind its first row") {
    az::connection c = open("sqlite://").connect();
    const az::table t{"it's", {az::column("id", kind::big_integer, az::primary_key, az::identity()), az::column("n", kind::integer)}};
    const az::table plain{"plain", {az::column("id", kind::big_integer, az::primary_key)}};
    c.execute(az::create_table(t));
    for (const std::int64_t next : {50, 20, 70}) {
        c.execute(az::restart_numbers(t, "id", next));
        c.execute(az::insert(t).set(t["n"], 1));
    }
    CHECK(c.scalars(az::select(t.column<std::int64_t>("id"))) == std::vector<std::int64_t>{50, 51, 70});
    const auto refused = thrown<az::not_supported_error>([&] { c.execute(az::restart_numbers(plain, "id", 5)); });
    CHECK_THAT(refused.what(), Catch::Contains("identity()"));
}
