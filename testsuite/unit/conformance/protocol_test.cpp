#include <protocol.hpp>

#include <azoth/azoth.hpp>

#include <catch2/catch.hpp>

using namespace azoth;
using namespace azoth::conformance;

TEST_CASE("commands survive the pipe, in a line each") {
    protocol::command c;
    c.setup = protocol::setup{"mydb://me:p w\n@h", {"a.so", "b\".so"}, 2.5};
    const std::string line = protocol::encode(c);
    CHECK(line.find('\n') == line.size() - 1);
    const auto back = protocol::decode_command(line);
    REQUIRE(back.setup);
    CHECK(back.setup->url == c.setup->url);
    CHECK(back.setup->plugins == c.setup->plugins);
    CHECK(back.setup->timeout == 2.5);
    CHECK(protocol::decode_command(protocol::encode(protocol::command{{}, "types/text", {}})).run == "types/text");
    CHECK(protocol::decode_command(protocol::encode(protocol::command{{}, {}, "azc_x_"})).sweep == "azc_x_");
}

TEST_CASE("answers survive the pipe, whatever bytes a message has") {
    protocol::answer a;
    a.server = tested_server{"mydb", "native", {{"server", "MyDB 5"}}, true};
    a.prefix = "azc_x_";
    const auto ready = protocol::decode_answer(protocol::encode(a));
    REQUIRE(ready.server);
    CHECK(ready.server->name() == "mydb+native");
    CHECK(ready.server->is_embedded);
    CHECK(ready.prefix == "azc_x_");

    protocol::answer b;
    b.result = case_result{"types/text", outcome::over_delivers, 0.5, "two\nlines and \xff"};
    b.is_dying = true;
    const auto done = protocol::decode_answer(protocol::encode(b));
    REQUIRE(done.result);
    CHECK(done.result->how == outcome::over_delivers);
    CHECK(done.result->message == "two\nlines and \xEF\xBF\xBD");
    CHECK(done.is_dying);

    protocol::answer s;
    s.swept = std::vector<std::string>{};
    CHECK(protocol::decode_answer(protocol::encode(s)).swept);
    CHECK_FALSE(protocol::decode_answer(protocol::encode(b)).swept);
}

TEST_CASE("what is no message is refused") {
    CHECK_THROWS_AS(protocol::decode_answer("hello"), internal_error);
    CHECK_THROWS_AS(protocol::decode_command("[]"), internal_error);
}
