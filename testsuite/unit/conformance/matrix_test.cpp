#include <matrix.hpp>

#include <catch2/catch.hpp>

using namespace azoth::conformance;

namespace {

suite_result of(const std::string& dialect, std::vector<case_result> cases) { return {{dialect, "native", {}, false}, std::move(cases)}; }

const std::vector<suite_result> two{
    of("one",
       {{"types/text", outcome::pass, 0, ""}, {"types/bytes", outcome::pass, 0, ""}, {"bulk/rows", outcome::declined, 0, "returning"}}),
    of("two",
       {{"types/text", outcome::fail, 0, "no"}, {"types/bytes", outcome::over_delivers, 0, "more"}, {"bulk/rows", outcome::pass, 0, ""}}),
};

}  // namespace

TEST_CASE("a matrix counts areas by databases, and sums") {
    const matrix m = make_matrix(two);
    CHECK(m.names == std::vector<std::string>{"one+native", "two+native"});
    REQUIRE(m.rows.size() == 3);
    CHECK(m.rows[0].area == "types");
    CHECK(m.rows[0].cells[0].passed == 2);
    CHECK(m.rows[0].cells[1].failed == 2);
    CHECK(m.rows[1].cells[0].declined == 1);
    CHECK(m.rows[2].area == "all");
    CHECK(m.rows[2].cells[1].line() == "1 passed, 2 failed, 0 skipped");
}

TEST_CASE("two databases of one dialect have two names") {
    const std::vector<suite_result> same{of("one", {}), of("one", {}), of("two", {}), of("one", {})};
    CHECK(make_matrix(same).names == std::vector<std::string>{"one+native", "one+native (2)", "two+native", "one+native (3)"});
}

TEST_CASE("a table is plain in a pipe") {
    CHECK(table_text(make_matrix(two), false) ==
          "area   one+native            two+native        \n"
          "types  2 passed              2 failed          \n"
          "bulk   1 declined            1 passed          \n"
          "all    2 passed, 1 declined  1 passed, 2 failed\n");
}

TEST_CASE("a table on a terminal shows failures in red") {
    CHECK_THAT(table_text(make_matrix(two), true), Catch::Contains("\033[31m2 failed"));
}

TEST_CASE("an empty cell is told apart from one without failures") {
    CHECK(cell_text({}) == "-");
    CHECK(cell_text({.passed = 3}) == "3 passed");
    CHECK(cell_text({.failed = 1, .declined = 2}) == "1 failed, 2 declined");
}

TEST_CASE("what is declined is listed by claim") {
    const auto r = of("one", {{"b/x", outcome::declined, 0, "savepoints"},
                              {"a/y", outcome::declined, 0, "returning"},
                              {"b/z", outcome::declined, 0, "savepoints"},
                              {"b/w", outcome::pass, 0, ""}});
    const auto claims = declined_claims(r);
    REQUIRE(claims.size() == 2);
    CHECK(claims[0].claim == "returning");
    CHECK(claims[1].cases == std::vector<std::string>{"b/x", "b/z"});
    CHECK(declined_text(make_matrix(std::vector{r}), std::vector{r}) ==
          "one+native declines\n    returning: a/y\n    savepoints: b/x, b/z\n");
}
