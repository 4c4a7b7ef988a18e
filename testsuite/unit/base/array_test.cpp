#include <azoth/base/array_text.hpp>
#include <azoth/base/error.hpp>
#include <azoth/base/value.hpp>

#include <catch2/catch.hpp>

#include "../throws.hpp"

#include <limits>
#include <optional>
#include <string>
#include <vector>

using namespace azoth;

namespace {

template <class T>
std::string text_of(const std::vector<T>& array) {
    return display(value{array}.view());
}

template <class T>
bool survives(const std::vector<T>& array) {
    return value{array}.as<std::vector<T>>() == array;
}

cell array(std::string_view text) { return {cell_tag::array, text}; }

}  // namespace

TEST_CASE("an array's cell is a JSON array of its elements") {
    CHECK(text_of(std::vector<int>{1, -2}) == "[1, -2]");
    CHECK(text_of(std::vector<std::optional<int>>{1, std::nullopt}) == "[1, null]");
    CHECK(text_of(std::vector<bool>{true, false}) == "[true, false]");
    CHECK(text_of(std::vector<double>{1, 0.1}) == "[1.0, 0.1]");
    CHECK(text_of(std::vector<std::string>{"a\"b", "ä"}) == "[\"a\\\"b\", \"ä\"]");
    CHECK(text_of(std::vector<int>{}) == "[]");
    CHECK(text_of(std::vector{decimal::parse("1.50")}) == "[\"1.50\"]");
    CHECK(value{std::vector<int>{}}.kind() == type_kind::array);
}

TEST_CASE("arrays of every element type survive") {
    CHECK(survives(std::vector<std::int64_t>{std::numeric_limits<std::int64_t>::min(), 0, std::numeric_limits<std::int64_t>::max()}));
    CHECK(survives(std::vector<std::uint64_t>{0, std::numeric_limits<std::uint64_t>::max()}));
    CHECK(survives(std::vector<std::int16_t>{-1, 32767}));
    CHECK(survives(std::vector<bool>{true, false, true}));
    CHECK(survives(std::vector<double>{-0.5, 1e300, 5e-324, std::numeric_limits<double>::infinity(), 1.0}));
    CHECK(survives(std::vector<float>{0.1F, -3e38F}));
    CHECK(survives(std::vector<std::string>{"", "null", "{\"a\": 1}", "line\nend", "\\"}));
    CHECK(survives(std::vector<std::optional<std::string>>{std::nullopt, "x"}));
    CHECK(survives(std::vector{decimal::parse("12345678901234567890.123456789"), decimal::parse("-1")}));
    CHECK(survives(std::vector{date{std::chrono::year{1}, std::chrono::month{1}, std::chrono::day{1}}}));
    CHECK(survives(std::vector{time_of_day{std::chrono::microseconds{1}}}));
    CHECK(survives(std::vector{timestamp{std::chrono::microseconds{-1}}}));
    CHECK(survives(std::vector{local_timestamp{std::chrono::microseconds{1234567}}}));
    CHECK(survives(std::vector{std::chrono::microseconds{-5}}));
    CHECK(survives(std::vector{uuid::parse("00112233-4455-6677-8899-aabbccddeeff")}));
    CHECK(survives(std::optional<std::vector<int>>{}.value_or(std::vector<int>{7})));
}

TEST_CASE("an array that comes as its literal is read as well") {
    using texts = std::vector<std::optional<std::string>>;
    const auto read = [](std::string_view literal) { return value{cell::text(literal)}.as<texts>(); };
    CHECK(read("{}").empty());
    CHECK(read(R"({sad,"so, so",NULL,"NULL","a \"b\" \\"})") == texts{"sad", "so, so", std::nullopt, "NULL", "a \"b\" \\"});
    CHECK(value{cell::text("{1,-2}")}.as<std::vector<int>>() == std::vector<int>{1, -2});
    CHECK_ERROR(read("{{a},{b}}"), "not-supported", "several dimensions");
    CHECK_ERROR(read("{a"), "not-supported", "several dimensions");
    CHECK_ERROR(read(R"({"a": 1})"), "value-format", "literal");  // a JSON object is none
    CHECK_ERROR(read(R"({"a})"), "value-format", "literal");
}

TEST_CASE("what is no array, or holds what the elements cannot, is refused") {
    CHECK_ERROR((value{array("{}")}.as<std::vector<int>>()), "value-format", "no JSON array");
    CHECK_ERROR((value{array("[1")}.as<std::vector<int>>()), "value-format", "no JSON array");
    CHECK_ERROR((value{1}.as<std::vector<int>>()), "type-mismatch", "an array");
    CHECK_ERROR((value{}.as<std::vector<int>>()), "null-value", "");
    CHECK_ERROR((value{array("[1, null]")}.as<std::vector<int>>()), "null-value", "");
    CHECK_ERROR((value{array("[300]")}.as<std::vector<std::int8_t>>()), "value-range", "300");
    CHECK_ERROR((value{array("[\"x\"]")}.as<std::vector<int>>()), "value-format", "x");
    CHECK_ERROR((value{array("[[1]]")}.as<std::vector<int>>()), "type-mismatch", "");
    CHECK_ERROR(value{std::vector<std::string>{"\xff"}}, "value-format", "UTF-8");
    CHECK_FALSE(storable<std::vector<std::vector<int>>>);
    CHECK_FALSE(storable<std::vector<bytes>>);
}
