// How the shell tells where a statement is wrong.
#include <statement_error.hpp>

#include <catch2/catch.hpp>

#include <clocale>

using azoth::command::told;

namespace {

std::string told_at(const std::string& message, const std::string& statement) {
    return told(azoth::programming_error{azoth::errc::no_such_column, message, {.statement = statement}});
}

}  // namespace

TEST_CASE("errors: the line is shown with a mark") {
    std::setlocale(LC_CTYPE, "C.UTF-8");
    CHECK(told_at("no column; at character 8", "SELECT nam FROM t") ==
          "no column [no-such-column]\n"
          "  SELECT nam FROM t\n"
          "         ^");
    CHECK(told_at("no column; at character 14", "SELECT '日本',\nnam FROM t") ==
          "no column [no-such-column]\n"
          "  nam FROM t\n"
          "  ^");
    CHECK(told_at("no; at character 10", "SELECT '日x") == "no [no-such-column]\n  SELECT '日x\n            ^");
}

TEST_CASE("errors: a long line is cut before its mark") {
    const std::string text = told_at("no; at character 201", std::string(200, 'x') + "HERE and more");
    CHECK(text.find("…" + std::string(50, 'x') + "HERE") != std::string::npos);
    CHECK(text.ends_with(std::string(53, ' ') + "^"));
}

TEST_CASE("errors: without a place, or with one outside of the statement, the message is all") {
    CHECK(told_at("no column", "SELECT nam") == "no column [no-such-column]");
    CHECK(told_at("no; at character 99", "SELECT nam") == "no; at character 99 [no-such-column]");
    CHECK(told_at("no; at character x", "SELECT nam") == "no; at character x [no-such-column]");
}
