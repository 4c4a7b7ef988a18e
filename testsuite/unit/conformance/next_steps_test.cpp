#include <next_steps.hpp>

#include <catch2/catch.hpp>

using namespace azoth::conformance;

namespace {

case_result failed(const std::string& id, const std::string& message) { return {id, outcome::fail, 0, message}; }

}  // namespace

TEST_CASE("a failure's reason is what was thrown, else the assertion that did not hold") {
    CHECK(
        reason_of(failed("a/b", "expected: x\nthrown after cases/a.cpp:3: operational_error: no such thing\nstatements:\n    SELECT 1")) ==
        "operational_error: no such thing");
    CHECK(reason_of(failed("a/b", "expected: x\ncases/a.cpp:3: CHECK( f() == 1 )\n    threw data_error: too big")) ==
          "data_error: too big");
    CHECK(reason_of(failed("a/b", "expected: x\ncases/a.cpp:3: CHECK( a == b )\n    with 1 == 2\nstatements:\n    threw nothing")) ==
          "cases/a.cpp:3: CHECK( a == b ), with 1 == 2");
    CHECK(reason_of(failed("a/b", "the worker died")) == "the worker died");
    CHECK(reason_of({"a/b", outcome::over_delivers, 0, "expected: x\nand that is what happens, though `ctes` is not claimed: claim it"}) ==
          "`ctes` is not claimed, and works");
}

TEST_CASE("what to do next goes area by area, with what most failures have in common") {
    const suite_result run{{"one", "native", {}, false},
                           {{"types/a", outcome::pass, 0, ""},
                            failed("types/b", "expected: x\nthrown: error: rare"),
                            failed("types/c", "expected: x\nthrown: error: usual"),
                            failed("types/d", "expected: y\nthrown: error: usual"),
                            {"bulk/a", outcome::declined, 0, "returning"},
                            failed("rows/a", "expected: z\nthrown: error: alone")}};
    CHECK(next_steps_text("one+native", run) ==
          "What to do next on one+native, area by area (--filter AREA runs one alone):\n"
          "    types    3 of   4 fail; 2 for: error: usual\n"
          "    rows     1 of   1 fail; first rows/a: error: alone\n");
}

TEST_CASE("a reason that most failures share is told once") {
    suite_result run{{"one", "native", {}, false}, {}};
    for (int i = 0; i < 6; ++i) {
        run.cases.push_back(failed("types/" + std::to_string(i), "expected: x\nthrown: error: not written"));
        run.cases.push_back(failed("rows/" + std::to_string(i), "expected: x\nthrown: error: not written"));
    }
    run.cases.push_back(failed("views/a", "expected: x\nthrown: error: other"));
    CHECK(next_steps_text("one+native", run) ==
          "What to do next on one+native, area by area (--filter AREA runs one alone):\n"
          "    first, 12 of all 13 failures: error: not written\n"
          "    types    6 of   6 fail; 6 for that\n"
          "    rows     6 of   6 fail; 6 for that\n"
          "    views    1 of   1 fail; first views/a: error: other\n");
}

TEST_CASE("what works and is not claimed is told by its claims") {
    const auto works = [](const std::string& id, const std::string& claim) {
        return case_result{id, outcome::over_delivers, 0,
                           "expected: x\nand that is what happens, though `" + claim + "` is not claimed: claim it"};
    };
    const suite_result run{{"one", "native", {}, false}, {works("cte/a", "ctes"), works("cte/b", "upsert"), works("cte/c", "upsert")}};
    CHECK(next_steps_text("one+native", run) ==
          "What to do next on one+native, area by area (--filter AREA runs one alone):\n"
          "    3 work and are not claimed; claim what they rest on: upsert (2), ctes (1)\n"
          "    cte    3 of   3 fail; 2 for: `upsert` is not claimed, and works\n");
}

TEST_CASE("where nothing fails nothing is to do") {
    CHECK(next_steps_text("one+native", {{"one", "native", {}, false}, {{"types/a", outcome::pass, 0, ""}}}).empty());
}
