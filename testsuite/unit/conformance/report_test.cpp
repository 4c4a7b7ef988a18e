#include <options.hpp>
#include <report.hpp>

#include <azoth/azoth.hpp>

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <support/temporary_folder.hpp>

#include <fstream>
#include <sstream>

using namespace azoth;
using namespace azoth::conformance;

namespace {

suite_result sample(const std::string& driver = "native") {
    suite_result r;
    r.server = {"mydb", driver, {{"azoth", "0.1.0"}, {"server", "MyDB 5 <beta>"}}, false};
    r.cases = {{"types/text", outcome::pass, 0.25, ""},
               {"types/bytes", outcome::fail, 0.5, "expected: it's \"there\"\n```\na < b && c\x01"},
               {"bulk/one-row", outcome::declined, 0, "multi_row_values"},
               {"bulk/two-rows", outcome::over_delivers, 1, "claim it"}};
    return r;
}

std::string read(const std::filesystem::path& file) {
    std::ostringstream text;
    text << std::ifstream{file}.rdbuf();
    return text.str();
}

}  // namespace

TEST_CASE("the JSON report has the fields that are promised") {
    const std::vector results{sample()};
    const auto j = nlohmann::json::parse(json_report(results));
    CHECK(j.size() == 4);
    CHECK(j["dialect"] == "mydb");
    CHECK(j["driver"] == "native");
    CHECK(j["versions"]["azoth"] == "0.1.0");
    REQUIRE(j["cases"].size() == 4);
    CHECK(j["cases"][0] == nlohmann::json{{"id", "types/text"}, {"outcome", "pass"}, {"seconds", 0.25}, {"message", ""}});
    CHECK(j["cases"][1]["outcome"] == "fail");
    CHECK(j["cases"][2]["outcome"] == "declined");
    CHECK(j["cases"][3]["outcome"] == "over-delivers");
}

TEST_CASE("the JSON report of several databases is an array") {
    const std::vector results{sample("a"), sample("b")};
    const auto j = nlohmann::json::parse(json_report(results));
    REQUIRE(j.is_array());
    CHECK(j[1]["driver"] == "b");
}

TEST_CASE("bytes that are no UTF-8 do not break the JSON report") {
    suite_result r = sample();
    r.cases[0].message = "\xff";
    CHECK(nlohmann::json::parse(json_report(std::vector{r}))["cases"][0]["message"] == "\xEF\xBF\xBD");
}

TEST_CASE("the JUnit report counts, escapes, and tells failures from skipped cases") {
    const std::string xml = junit_report(std::vector{sample()});
    CHECK_THAT(xml, Catch::StartsWith("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites"));
    CHECK_THAT(xml, Catch::Contains(R"(<testsuite name="mydb+native" tests="4" failures="2" errors="0" skipped="1" time="1.750000">)"));
    CHECK_THAT(xml, Catch::Contains(R"(<property name="server" value="MyDB 5 &lt;beta&gt;"/>)"));
    CHECK_THAT(xml, Catch::Contains(R"(<testcase classname="mydb+native.types" name="text" time="0.250000"/>)"));
    CHECK_THAT(xml, Catch::Contains(R"(<failure type="fail" message="expected: it's &quot;there&quot;">)"));
    CHECK_THAT(xml, Catch::Contains("a &lt; b &amp;&amp; c\\x01</failure>"));
    CHECK_THAT(xml, Catch::Contains(R"(<skipped message="multi_row_values"/>)"));
    CHECK_THAT(xml, Catch::Contains(R"(<failure type="over-delivers" message="claim it">claim it</failure>)"));
}

TEST_CASE("the Markdown report has the table, what is declined, and the failures") {
    const std::string text = markdown_report(std::vector{sample("a"), sample("b")});
    CHECK_THAT(text, Catch::Contains("| area | mydb+a | mydb+b |\n|---|---|---|\n| types | 1 passed, 1 failed |"));
    CHECK_THAT(text, Catch::Contains("| **all** | 1 passed, 2 failed, 1 declined |"));
    CHECK_THAT(text, Catch::Contains("| mydb+b | multi_row_values | bulk/one-row |"));
    CHECK_THAT(text, Catch::Contains("### types/bytes on mydb+a: fail\n\n````text\n"));  // longer than the fence in the message
}

TEST_CASE("the Markdown report begins with what came of it, and of which versions") {
    CHECK_THAT(
        markdown_report(std::vector{sample()}),
        Catch::StartsWith("# Conformance\n\n- **mydb+native**: 1 passed, 2 failed, 1 declined of 4 (azoth 0.1.0, server MyDB 5 <beta>)\n"));
}

TEST_CASE("a badge tells the counts, and is red where something failed") {
    CHECK_THAT(badge_report(std::vector{sample()}),
               Catch::Contains("azoth conformance: 2 failed, 1 passed, 1 declined") && Catch::Contains("#b3261e"));
    suite_result sound = sample();
    sound.cases = {{"types/text", outcome::pass, 0, ""}};
    CHECK_THAT(badge_report(std::vector{sound}), Catch::Contains(">1 passed</text>") && Catch::Contains("#2c7a3f"));
    CHECK_THAT(badge_report(std::vector{sound}, {.is_whole = false}),
               Catch::Contains(">in part: 1 passed</text>") && Catch::Contains("#777"));
    CHECK_THAT(badge_report(std::vector{sound}, {.is_clean = false}), Catch::Contains("unclean") && Catch::Contains("#b3261e"));
    CHECK(parse_report("badge=b.svg").format == report_format::badge);
}

TEST_CASE("a report goes to its file, in place of an older one") {
    const support::temporary_folder folder;
    const auto file = folder.path() / "report.json";
    std::ofstream{file} << std::string(100'000, 'x');
    write_report({report_format::json, file.string()}, std::vector{sample()});
    CHECK(read(file) == json_report(std::vector{sample()}));
    CHECK_THROWS_AS(write_report({report_format::json, (folder.path() / "none" / "r.json").string()}, std::vector{sample()}),
                    operational_error);
}
