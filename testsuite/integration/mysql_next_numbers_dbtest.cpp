// How far sequences and AUTO_INCREMENT have counted.
#include "mysql_schema_support.hpp"

#include <stop_token>
#include <thread>

using namespace mysql_tests;

namespace {

names next_numbers(const az::engine& in, const az::reflection_request& request = {}) {
    names found;
    in.with_executor([&](az::executor& on) {
        for (const auto& n : on.reflect().next_numbers(request))
            found.push_back(
                fmt::format("{}{}{} {}{}", n.of.name, n.column.empty() ? "" : ".", n.column, n.number, n.is_used_up ? " used up" : ""));
    });
    std::ranges::sort(found);
    return found;
}

}  // namespace

TEST_CASE("mysql next numbers: sequences and AUTO_INCREMENT") {
    with_each_driver([](const scratch_database& db) {
        const auto engine = db.open();
        CHECK(next_numbers(engine).empty());
        if (!is_mariadb(engine)) return;
        auto c = engine.connect();
        for (const std::string_view sql :
             {"CREATE SEQUENCE fresh START WITH 7", "CREATE SEQUENCE `used one` START WITH 5 INCREMENT BY 3 NOCACHE",
              "SELECT nextval(`used one`)", "CREATE SEQUENCE turned START WITH 2 MAXVALUE 2 NOCACHE CYCLE", "SELECT nextval(turned)",
              "CREATE SEQUENCE ended START WITH 2 MAXVALUE 2 NOCACHE", "SELECT nextval(ended)",
              "CREATE TABLE t (id INTEGER AUTO_INCREMENT PRIMARY KEY, n INTEGER)", "INSERT INTO t (n) VALUES (1)",
              "INSERT INTO t (n) VALUES (2)", "DELETE FROM t",
              "CREATE TABLE wide (id BIGINT UNSIGNED AUTO_INCREMENT PRIMARY KEY) AUTO_INCREMENT = 9223372036854775809",
              "CREATE TABLE plain (id INTEGER PRIMARY KEY)"})
            run(c, sql);
        c.commit();
        CHECK(next_numbers(engine) ==
              names{"ended 2 used up", "fresh 7", "t.id 3", "turned 1", "used one 8", "wide.id 9223372036854775807 used up"});
        CHECK(next_numbers(engine, {.names = {"t"}, .sequences = false}) == names{"t.id 3"});
        c.execute(az::alter_sequence(az::sequence{"fresh", {.start = 7}}, 70));
        CHECK(number_of(c, "SELECT nextval(fresh)") == 70);
    });
}

TEST_CASE("mysql next numbers: sequences that others drop meanwhile are no error") {
    with_each_driver([](const scratch_database& db) {
        const auto engine = db.open();
        if (!is_mariadb(engine)) return;
        auto c = engine.connect();
        run(c, "CREATE SEQUENCE stays START WITH 7");
        const auto drop_again_and_again = [&](const std::stop_token& stop, const std::string& name) {
            auto droppers = engine.connect();
            while (!stop.stop_requested())
                for (const std::string_view verb : {"CREATE OR REPLACE", "DROP"}) run(droppers, fmt::format("{} SEQUENCE {}", verb, name));
        };
        const std::jthread one{drop_again_and_again, "a_passing_one"};
        const std::jthread another{drop_again_and_again, "the_other_passing_one"};
        int without = 0;
        for (int i = 0; i < 50; ++i) {
            if (std::ranges::count(next_numbers(engine), "stays 7") != 1) ++without;
            if (std::ranges::count(read(engine).sequences, "stays", [](const auto& s) { return s.name.name; }) != 1) ++without;
        }
        CHECK(without == 0);
    });
}
