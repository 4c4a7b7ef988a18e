// Generated keys of many rows, whoever chooses them.
#include "sqlite_support.hpp"

#include <support/bulk_items.hpp>

#include <limits>

using namespace sqlite_tests;
using namespace support;

namespace {

constexpr const char* plain_table = "CREATE TABLE item (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, weight REAL)";
constexpr int many = 1'234;

/// Inserts so many rows and has their keys returned, which have to be those that the rows have.
std::vector<std::int64_t> checked_keys(az::connection& c, int count = many) {
    const auto in = items(count);
    auto keys = c.execute(az::insert<item>().returning(az::col<&item::id>), in).scalars();
    REQUIRE(keys.size() == in.size());
    for (std::size_t i = 0; i < in.size(); ++i) {
        const auto name = c.scalars(az::select(az::col<&item::name>).where(az::col<&item::id> == keys[i])).at(0);
        REQUIRE(name == in[i].name);
    }
    return keys;
}

std::vector<std::int64_t> numbers_from(std::int64_t first, int count = many) {
    std::vector<std::int64_t> all;
    for (int i = 0; i < count; ++i) all.push_back(first + i);
    return all;
}

}  // namespace

TEST_CASE("sqlite bulk keys: many rows bring them, few do not") {
    const auto engine = open("sqlite://");
    const auto sent = [&](az::connection& c) {
        return number_of(c, R"(SELECT count(*) FROM sqlite_stmt WHERE sql LIKE 'INSERT INTO "item"%, "id") VALUES%')");
    };
    auto c = engine.connect();
    if (number_of(c, "SELECT count(*) FROM pragma_module_list WHERE name = 'sqlite_stmt'") == 0) {
        WARN("skipped: this SQLite does not list its statements (SQLITE_ENABLE_STMTVTAB)");
        return;
    }
    run(c, plain_table);
    c.commit();
    (void)checked_keys(c, 100);
    CHECK(sent(c) == 0);
    run(c, "DELETE FROM item");
    (void)checked_keys(c);
    CHECK(sent(c) > 0);
}

TEST_CASE("sqlite bulk keys: they go on from the largest") {
    for (const std::int64_t before : {0, 41, -5'000}) {
        const auto engine = open("sqlite://");
        auto c = engine.connect();
        run(c, plain_table);
        if (before != 0) run(c, "INSERT INTO item (id, name) VALUES (" + std::to_string(before) + ", 'before')");
        CHECK(checked_keys(c) == numbers_from(before + 1));
    }
}

TEST_CASE("sqlite bulk keys: AUTOINCREMENT never gives one twice") {
    const auto engine = open("sqlite://");
    auto c = engine.connect();
    run(c, "CREATE TABLE item (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, weight REAL)");
    CHECK(checked_keys(c) == numbers_from(1));
    run(c, "DELETE FROM item");
    CHECK(checked_keys(c) == numbers_from(many + 1));
    CHECK(number_of(c, "SELECT seq FROM sqlite_sequence WHERE name = 'item'") == 2 * std::int64_t{many});
}

TEST_CASE("sqlite bulk keys: triggers that insert into the table") {
    for (const char* const when : {"TRIGGER", "TEMP TRIGGER"}) {
        const auto engine = open("sqlite://");
        auto c = engine.connect();
        run(c, plain_table);
        run(c, std::string{"CREATE "} + when +
                   " twice AFTER INSERT ON item WHEN new.name LIKE 'item %7' BEGIN INSERT INTO item (name) VALUES ('again ' || new.name); "
                   "END");
        (void)checked_keys(c);
        CHECK(number_of(c, "SELECT count(*) FROM item WHERE name LIKE 'again %'") == 123);
    }
}

TEST_CASE("sqlite bulk keys: a trigger before the row does not see a key that is to come") {
    const auto engine = open("sqlite://");
    auto c = engine.connect();
    run(c, plain_table);
    run(c, "CREATE TABLE seen (id)");
    run(c, "CREATE TRIGGER see BEFORE INSERT ON Item BEGIN INSERT INTO seen VALUES (new.id); END");
    CHECK(checked_keys(c) == numbers_from(1));
    CHECK(number_of(c, "SELECT count(*) FROM seen WHERE id = -1") == many);
}

TEST_CASE("sqlite bulk keys: rows that replace others") {
    const auto engine = open("sqlite://");
    auto c = engine.connect();
    run(c, "CREATE TABLE item (id INTEGER PRIMARY KEY, name TEXT UNIQUE ON CONFLICT REPLACE, weight REAL)");
    CHECK(checked_keys(c) == numbers_from(1));
    CHECK(checked_keys(c) == numbers_from(many + 1));
    CHECK(number_of(c, "SELECT count(*) FROM item") == many);
}

TEST_CASE("sqlite bulk keys: a temporary table is taken where one has the name") {
    const auto engine = open("sqlite://");
    auto c = engine.connect();
    run(c, plain_table);
    run(c, "INSERT INTO item (id, name) VALUES (1000, 'other')");
    run(c, "CREATE TEMP TABLE item (id INTEGER PRIMARY KEY, name TEXT, weight REAL)");
    CHECK(checked_keys(c) == numbers_from(1));
    CHECK(number_of(c, "SELECT count(*) FROM main.item") == 1);
}

TEST_CASE("sqlite bulk keys: up to the last one") {
    const auto engine = open("sqlite://");
    auto c = engine.connect();
    run(c, plain_table);
    const std::int64_t before = std::numeric_limits<std::int64_t>::max() - many;
    run(c, "INSERT INTO item (id, name) VALUES (" + std::to_string(before) + ", 'before')");
    CHECK(checked_keys(c) == numbers_from(before + 1));
}

TEST_CASE("sqlite bulk keys: a row that fails late undoes all of them") {
    const auto engine = open("sqlite://");
    auto c = engine.connect();
    run(c, plain_table);
    auto in = items(many);
    in.back().name = in.front().name;
    CHECK(thrown<az::unique_violation>([&] { (void)c.execute(az::insert<item>().returning(az::col<&item::id>), in); }).constraint() ==
          "item.name");
    CHECK(number_of(c, "SELECT count(*) FROM item") == 0);
    CHECK(checked_keys(c) == numbers_from(1));
}
