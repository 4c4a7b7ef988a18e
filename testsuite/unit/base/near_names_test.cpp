#include <catch2/catch.hpp>

#include <azoth/base/near_names.hpp>

using namespace azoth;
using names = std::vector<std::string>;

TEST_CASE("near names are those a few mistakes away, best first") {
    const names known{"postgresql", "mysql", "sqlite", "mariadb"};
    CHECK(near_names("postgres", known) == names{"postgresql"});
    CHECK(near_names("sqlte", known) == names{"sqlite"});
    CHECK(near_names("slqite", known) == names{"sqlite"});  // neighbours swapped: one mistake
    CHECK(near_names("MySQL", known) == names{"mysql"});
    CHECK(near_names("oracle", known).empty());
    CHECK(near_names("", known).empty());
    CHECK(near_names("x", known).empty());
}

TEST_CASE("a name within another is near, and goes last") {
    const names known{"busy_timeout", "timeouts", "mode"};
    CHECK(near_names("timeout", known) == names{"timeouts", "busy_timeout"});
    CHECK(near_names("od", known).empty());
}

TEST_CASE("few are suggested, each once, and very long names cost nothing") {
    const names known{"aaaa1", "aaaa2", "aaaa3", "aaaa4", "aaaa1"};
    CHECK(near_names("aaaa", known) == names{"aaaa1", "aaaa2", "aaaa3"});
    CHECK(near_names(std::string(100'000, 'a'), known).empty());
}

TEST_CASE("a suggestion is part of a sentence") {
    CHECK(did_you_mean("sqlit", names{"sqlite"}) == "; did you mean \"sqlite\"?");
    CHECK(did_you_mean("aaa", names{"aaab", "aaac"}) == "; did you mean \"aaab\" or \"aaac\"?");
    CHECK(did_you_mean("zzz", names{"sqlite"}).empty());
}
