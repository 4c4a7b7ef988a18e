#include <options.hpp>

#include <azoth/azoth.hpp>

#include <catch2/catch.hpp>

#include <cstdlib>

using namespace azoth;
using namespace azoth::conformance;

namespace {

options read(std::vector<const char*> words) {
    ::unsetenv("AZOTH_CONFORMANCE_URL");
    words.insert(words.begin(), "azoth-conformance");
    int code = -1;
    const auto said = read_options(static_cast<int>(words.size()), words.data(), code);
    REQUIRE(said);
    return *said;
}

int code_of(std::vector<const char*> words) {
    words.insert(words.begin(), "azoth-conformance");
    int code = -1;
    CHECK_FALSE(read_options(static_cast<int>(words.size()), words.data(), code));
    return code;
}

}  // namespace

TEST_CASE("options are read") {
    const auto o =
        read({"--url",    "sqlite://",   "--plugin", "a.so",   "--plugin", "b.so", "--filter",  "types", "--filter", "bulk/one-row",
              "--report", "junit=r.xml", "--report", "json=-", "--jobs",   "3",    "--timeout", "2.5",   "--repeat", "4"});
    CHECK(o.urls == std::vector<std::string>{"sqlite://"});
    CHECK_FALSE(o.is_matrix);
    CHECK(o.plugins == std::vector<std::string>{"a.so", "b.so"});
    CHECK(o.filters == std::vector<std::string>{"types", "bulk/one-row"});
    REQUIRE(o.reports.size() == 2);
    CHECK(o.reports[0].file == "r.xml");
    CHECK(o.jobs == 3);
    CHECK(o.timeout == 2.5);
    CHECK(o.repeat == 4);
}

TEST_CASE("a matrix takes several URLs, also behind other options") {
    const auto o = read({"--matrix", "sqlite:///a.db", "sqlite:///b.db", "--filter", "types"});
    CHECK(o.is_matrix);
    CHECK(o.urls == std::vector<std::string>{"sqlite:///a.db", "sqlite:///b.db"});
    CHECK(o.filters == std::vector<std::string>{"types"});
}

TEST_CASE("the environment names the database") {
    ::setenv("AZOTH_CONFORMANCE_URL", "sqlite:///env.db", 1);
    const char* words[]{"azoth-conformance"};
    int code{};
    CHECK(read_options(1, words, code)->urls == std::vector<std::string>{"sqlite:///env.db"});
    const char* more[]{"azoth-conformance", "--url", "sqlite:///said.db"};
    CHECK(read_options(3, more, code)->urls == std::vector<std::string>{"sqlite:///said.db"});
    ::unsetenv("AZOTH_CONFORMANCE_URL");
    CHECK_THROWS_AS(read_options(1, words, code), interface_error);
}

TEST_CASE("wrong use is refused") {
    CHECK(code_of({"--unknown"}) == 2);
    CHECK(code_of({"--jobs", "0"}) == 2);
    CHECK(code_of({"--timeout", "soon"}) == 2);
    CHECK_THROWS_AS(read({"--url", "no url at all"}), url_error);
    CHECK_THROWS_AS(read({"--url", "sqlite://", "--report", "pdf=x"}), interface_error);
    CHECK_THROWS_AS(parse_report("json"), interface_error);
    CHECK_THROWS_AS(parse_report("json="), interface_error);
    CHECK(parse_report("markdown=a=b").file == "a=b");
}

TEST_CASE("the list of cases needs no database") { CHECK(read({"--list"}).is_list); }
