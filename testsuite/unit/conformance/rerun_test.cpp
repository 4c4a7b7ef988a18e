#include <rerun.hpp>

#include <catch2/catch.hpp>

#include <string>
#include <vector>

using namespace azoth;
using namespace azoth::conformance;

TEST_CASE("words are quoted where a shell needs it") {
    CHECK(shell_word("sqlite:////tmp/x.db") == "sqlite:////tmp/x.db");
    CHECK(shell_word("") == "''");
    CHECK(shell_word("a b") == "'a b'");
    CHECK(shell_word("x?y=1&z=2") == "'x?y=1&z=2'");
    CHECK(shell_word("it's") == R"('it'\''s')");
    CHECK(shell_word("$HOME `x`") == "'$HOME `x`'");
}

TEST_CASE("a command runs one case again") {
    const std::vector<std::string> plugins{"./my plugin.so"};
    CHECK(rerun_command("bin/azoth-conformance", url::parse("sqlite:///x.db?mode=rwc"), {}, "types/text") ==
          "bin/azoth-conformance --url 'sqlite:///x.db?mode=rwc' --filter types/text");
    CHECK(rerun_command("azoth-conformance", url::parse("mydb://me@h/d"), plugins, "types/text") ==
          "azoth-conformance --url mydb://me@h/d --plugin './my plugin.so' --filter types/text");
}

TEST_CASE("a password does not get into the command") {
    for (const char* text : {"mydb://me:hunter22@h/d", "mydb://me@h/d?sslpassword=hunter22"}) {
        const std::string command = rerun_command("azoth-conformance", url::parse(text), {}, "types/text");
        CHECK(command == "azoth-conformance --url \"$AZOTH_CONFORMANCE_URL\" --filter types/text");
    }
}
