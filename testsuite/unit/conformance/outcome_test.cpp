#include <outcome.hpp>

#include <catch2/catch.hpp>

#include <vector>

using namespace azoth;
using namespace azoth::conformance;

namespace {

constexpr claim by_nature{"savepoints", [](const profile& p) { return p.can.savepoints; }};
constexpr claim by_value{"nan_values", [](const profile& p) { return p.can.nan_values; }, refusal::value};
constexpr claim by_nothing{"names_foreign_key", [](const profile& p) { return p.can.names_foreign_key; }, refusal::none};

test_case resting_on(const claim& c) { return {"area/behaviour", "it works", c, nullptr}; }

attempt passed() { return {}; }

attempt failed(const char* why, const char* thrown_class = "") {
    attempt a;
    a.how = attempt::ending::failed;
    a.failures = {why};
    a.thrown_class = thrown_class;
    return a;
}

attempt declined(const char* why) {
    attempt a;
    a.how = attempt::ending::declined;
    a.why_declined = why;
    return a;
}

attempt leaving(attempt a, const char* what) {
    a.how = attempt::ending::failed;
    a.left_behind = {what};
    return a;
}

/// Judges a case whose checked and unchecked attempts end like this; `runs` is how often it ran.
struct judged {
    case_result result{};
    std::vector<bool> runs{};
};
judged judge_of(const claim& c, bool is_claimed, const attempt& checked, const attempt& unchecked = failed("ran unchecked")) {
    judged all;
    all.result = judge(resting_on(c), is_claimed, [&](bool is_unchecked) {
        all.runs.push_back(is_unchecked);
        return is_unchecked ? unchecked : checked;
    });
    return all;
}

bool says(const judged& j, std::string_view words) { return j.result.message.find(words) != std::string::npos; }

}  // namespace

TEST_CASE("a claimed case passes or fails, and runs once") {
    const auto good = judge_of(by_nature, true, passed());
    CHECK(good.result.how == outcome::pass);
    CHECK(good.result.id == "area/behaviour");
    CHECK(good.result.message.empty());
    CHECK(good.runs == std::vector{false});

    const auto bad = judge_of(by_nature, true, failed("1 == 2"));
    CHECK(bad.result.how == outcome::fail);
    CHECK(says(bad, "expected: it works"));
    CHECK(says(bad, "1 == 2"));
    CHECK(bad.runs == std::vector{false});
}

TEST_CASE("a claimed case that is refused fails") {
    CHECK(judge_of(by_nature, true, failed("thrown", "not_supported_error")).result.how == outcome::fail);
}

TEST_CASE("an unclaimed case is declined where the refusal is seen and it does not work unchecked either") {
    const auto j = judge_of(by_nature, false, failed("thrown", "not_supported_error"));
    CHECK(j.result.how == outcome::declined);
    CHECK(j.result.message == "savepoints");
    CHECK(j.runs == std::vector{false, true});
}

TEST_CASE("an unclaimed case that works unchecked delivers more than claimed") {
    const auto j = judge_of(by_nature, false, failed("thrown", "not_supported_error"), passed());
    CHECK(j.result.how == outcome::over_delivers);
    CHECK(says(j, "`savepoints` is not claimed"));
}

TEST_CASE("an unclaimed case that nobody refuses delivers more, or fails") {
    CHECK(judge_of(by_nature, false, passed()).result.how == outcome::over_delivers);
    const auto j = judge_of(by_nature, false, failed("1 == 2"));
    CHECK(j.result.how == outcome::fail);
    CHECK(says(j, "not_supported_error"));
    CHECK(says(j, "1 == 2"));
    CHECK(j.runs == std::vector{false});
}

TEST_CASE("another error is no refusal") {
    CHECK(judge_of(by_nature, false, failed("thrown", "data_error")).result.how == outcome::fail);
    CHECK(judge_of(by_value, false, failed("thrown", "not_supported_error")).result.how == outcome::fail);
    CHECK(judge_of(by_value, false, failed("thrown", "data_error")).result.how == outcome::declined);
}

TEST_CASE("where nothing is refused, the case itself tells, in one run") {
    const auto j = judge_of(by_nothing, false, failed("an empty name"));
    CHECK(j.result.how == outcome::declined);
    CHECK(j.runs == std::vector{false});
    CHECK(judge_of(by_nothing, false, passed()).result.how == outcome::over_delivers);
}

TEST_CASE("a case that cannot decide is declined with its own words") {
    CHECK(judge_of({}, true, declined("no second user")).result.message == "no second user");
    CHECK(judge_of(by_nature, false, declined("no second user")).result.how == outcome::declined);
}

TEST_CASE("what is left behind is a failure, whatever else came") {
    CHECK(judge_of({}, true, leaving(passed(), "table t")).result.how == outcome::fail);
    CHECK(judge_of(by_nature, false, leaving(failed("", "not_supported_error"), "table t")).result.how == outcome::fail);
    const auto j = judge_of(by_nature, false, failed("", "not_supported_error"), leaving(failed("x"), "table t: locked"));
    CHECK(j.result.how == outcome::fail);
    CHECK(says(j, "left behind: table t: locked"));
    CHECK(judge_of(by_nothing, false, leaving(failed("x"), "table t")).result.how == outcome::fail);
}

TEST_CASE("a failure shows the statements, indented") {
    attempt a = failed("cases/area.cpp:7: CHECK( n == 1 )\n    with 2 == 1");
    a.statements = {"CREATE TABLE t (\n    id INTEGER\n)", "SELECT 1  -- 5"};
    CHECK(describe_failure(resting_on({}), a) ==
          "expected: it works\n"
          "cases/area.cpp:7: CHECK( n == 1 )\n"
          "    with 2 == 1\n"
          "statements:\n"
          "    CREATE TABLE t (\n"
          "        id INTEGER\n"
          "    )\n"
          "    SELECT 1  -- 5");
}
