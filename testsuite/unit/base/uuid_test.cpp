#include <azoth/base/uuid.hpp>

#include "../throws.hpp"

#include <catch2/catch.hpp>

#include <set>

using azoth::uuid;

TEST_CASE("uuid: to text and back, in every accepted spelling") {
    const std::string text = "123e4567-e89b-12d3-a456-426614174000";
    const uuid u = uuid::parse(text);
    CHECK(u.bytes[0] == 0x12);
    CHECK(u.bytes[1] == 0x3e);
    CHECK(u.bytes[15] == 0x00);
    CHECK(to_string(u) == text);
    CHECK(uuid::parse("123E4567-E89B-12D3-A456-426614174000") == u);
    CHECK(uuid::parse("{123e4567-e89b-12d3-a456-426614174000}") == u);
    CHECK(uuid::parse("123e4567e89b12d3a456426614174000") == u);
    CHECK(uuid::parse("{123e4567e89b12d3a456426614174000}") == u);
    CHECK(to_string(uuid{}) == "00000000-0000-0000-0000-000000000000");
    CHECK(to_string(uuid::parse("ffffffff-ffff-ffff-ffff-ffffffffffff")) == "ffffffff-ffff-ffff-ffff-ffffffffffff");
}

TEST_CASE("uuid: what none is") {
    for (const char* text :
         {"", "{}", "123e4567-e89b-12d3-a456-42661417400", "123e4567-e89b-12d3-a456-4266141740000", "123e4567e-89b-12d3-a456-426614174000",
          "123e4567-e89b-12d3-a456+426614174000", "g23e4567-e89b-12d3-a456-426614174000", "123e4567-e89b-12d3-a456-42661417400g",
          "{123e4567-e89b-12d3-a456-426614174000", "123e4567-e89b-12d3-a456-426614174000}", " 23e4567-e89b-12d3-a456-426614174000",
          "123e4567-e89b12d3-a456-4266-14174000", "123e4567-e89b-12d3-a456-42661417400 ", "------------------------------------"}) {
        INFO(text);
        CHECK_ERROR(uuid::parse(text), "value-format", "is no UUID");
    }
    CHECK_ERROR(uuid::parse("hello"), "value-format", "\"hello\"");
}

TEST_CASE("uuid: random ones are version 4, and differ") {
    std::set<uuid> seen;
    for (int i = 0; i < 2000; ++i) {
        const uuid u = uuid::random();
        REQUIRE((u.bytes[6] & 0xf0) == 0x40);
        REQUIRE((u.bytes[8] & 0xc0) == 0x80);
        REQUIRE(seen.insert(u).second);
        REQUIRE(uuid::parse(to_string(u)) == u);
    }
}

TEST_CASE("uuid: ordered as its bytes are") {
    CHECK(uuid::parse("00000000-0000-0000-0000-0000000000ff") < uuid::parse("01000000-0000-0000-0000-000000000000"));
    CHECK(uuid::parse("7f000000-0000-0000-0000-000000000000") < uuid::parse("80000000-0000-0000-0000-000000000000"));
}
