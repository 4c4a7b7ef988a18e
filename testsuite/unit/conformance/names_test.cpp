#include <names.hpp>
#include <progress.hpp>
#include <statement_log.hpp>

#include <catch2/catch.hpp>

using namespace azoth;
using namespace azoth::conformance;

TEST_CASE("names begin with what no other process has") {
    CHECK(name_prefix().size() == 11);
    CHECK_THAT(name_prefix(), Catch::StartsWith("azc_") && Catch::EndsWith("_"));
    CHECK(name_prefix() == name_prefix());
}

TEST_CASE("a long stem is cut between characters") {
    CHECK(name_of("azc_", "t") == "azc_t");
    CHECK(name_of("azc_", std::string(100, 'x')).size() == longest_name);
    const std::string accents = name_of("azc_", "x" + std::string("éééééééééééééééééééééééééééééééééééééééé"));
    CHECK(accents.size() == longest_name - 1);
    CHECK(accents.substr(accents.size() - 2) == "é");
}

TEST_CASE("the log keeps the last statements, shortened") {
    statement_log log;
    for (int i = 0; i < 10; ++i) log.add({.sql = "SELECT " + std::to_string(i), .parameters = i == 9 ? "5, 6" : ""});
    const auto lines = log.lines();
    REQUIRE(lines.size() == statement_log::kept + 1);
    CHECK(lines.front() == "… 4 before");
    CHECK(lines.back() == "SELECT 9  -- 5, 6");
    log.add({.sql = std::string(1'000'000, 'x')});
    CHECK(log.lines().back().size() < 3000);
    CHECK_THAT(log.lines().back(), Catch::EndsWith("… (1000000 bytes)"));
}

TEST_CASE("a case is told in a line, and a failure with all that is known") {
    CHECK(case_text({"types/text", outcome::pass, 0.0125, ""}, "", false) == "pass types/text (0.013 s)\n");
    CHECK(case_text({"types/text", outcome::declined, 0, "arrays"}, "", false) == "declined types/text (0.000 s): arrays\n");
    CHECK(case_text({"types/text", outcome::fail, 1, "a\nb"}, "again", false) ==
          "fail types/text (1.000 s)\n    a\n    b\n    run it again:\n        again\n");
    CHECK_THAT(case_text({"types/text", outcome::pass, 0, ""}, "", true), Catch::StartsWith("\033[32mpass"));
}
