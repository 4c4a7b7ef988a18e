// What the functions that the driver brings do with much and with deep.
#include "sqlite_support.hpp"

#include <nlohmann/json.hpp>

#include <chrono>

using namespace sqlite_tests;

namespace {

class calculator {
public:
    template <class E>
    auto of(const E& e) {
        return c.scalar(az::select(e));
    }
    az::engine engine{open("sqlite://")};
    az::connection c{engine.connect()};
};

az::expr<std::string> text(std::string of) { return az::bound(std::move(of)); }

std::string numbers(int count) {
    std::string all;
    for (int i = 0; i < count; ++i) all += (i == 0 ? "(" : "), (") + std::to_string(i);
    return all + ")";
}

}  // namespace

TEST_CASE_METHOD(calculator, "sqlite functions: a class of many characters costs as much as one of few") {
    std::string pattern = "[";
    for (char32_t c = 0x400; c < 0x400 + 700; c += 2)
        pattern += {static_cast<char>(0xc0 | (c >> 6)), static_cast<char>(0x80 | (c & 0x3f))};  // every other one: no ranges
    const auto began = std::chrono::steady_clock::now();
    CHECK(of(text(std::string(20'000, 'a')).regexp_match("[^" + pattern.substr(1) + "]{200}x")) == false);
    CHECK(std::chrono::steady_clock::now() - began < std::chrono::seconds{20});
    CHECK(of(text("xЂy").regexp_match(pattern + "]")) == true);
    CHECK(of(text("xЁy").regexp_match(pattern + "]")) == false);
}

TEST_CASE_METHOD(calculator, "sqlite functions: classes of ranges that overlap") {
    CHECK(of(text("5").regexp_match("^[0-46-92-7]$")) == true);
    CHECK(of(text("x").regexp_match("^[a-zc-d]$")) == true);
    CHECK(of(text("X").regexp_match("^[a-zc-d]$", "i")) == true);
    CHECK(of(text("5").regexp_match("^[0-46-9]$")) == false);
    CHECK(of(text("5").regexp_match("^[^0-46-9]$")) == true);
}

TEST_CASE_METHOD(calculator, "sqlite functions: a replacement that would look at the text again and again is refused") {
    const std::string pattern = "a.*z|a|(?:x{250}){19}";
    CHECK_THROWS_AS(of(text(std::string(2'000, 'a')).regexp_replace(pattern, "b")), az::data_error);
    CHECK(of(text("aab").regexp_replace(pattern, "b")) == "bbb");
    CHECK(of(text(std::string(60'000, 'a')).regexp_replace("a|(?:x{250}){19}", "b")) == std::string(60'000, 'b'));
}

TEST_CASE_METHOD(calculator, "sqlite functions: many distinct texts are joined") {
    const auto joined = c.execute(az::text("WITH n (i) AS (VALUES " + numbers(400) +
                                           ") SELECT length(azoth_string_agg('d', a.i || '-' || "
                                           "b.i, ',')) FROM n AS a, n AS b")
                                      .columns<std::int64_t>())
                            .scalar();
    CHECK(joined == 160'000 * 2 - 1 + 2 * 400 * (10 + 90 * 2 + 300 * 3));
}

TEST_CASE_METHOD(calculator, "sqlite functions: documents that are too deep are refused") {
    const auto nested = [](std::size_t depth) { return std::string(depth, '[') + R"("]\"[")" + std::string(depth, ']'); };
    const auto length = [&](const std::string& document) {
        return c.execute(az::text("SELECT length(azoth_json_set(:d, '[0]', '1'))").bind("d", document).columns<std::int64_t>()).scalar();
    };
    CHECK(length(nested(1'000)) == 3);
    CHECK_THROWS_AS(length(nested(1'001)), az::data_error);
    CHECK_THROWS_AS(length(nested(300'000)), az::data_error);
    CHECK(length("[\"" + std::string(5'000, '[') + "\"]") == 3);
}

TEST_CASE_METHOD(calculator, "sqlite functions: the members that stay are spelt as they were") {
    const std::string document = R"({"a":1,"big":123456789012345678901234567890,"e":[1.10,{"x":-0.0}],"half":0.50,"o":{},"s":"\"1.0"})";
    const auto of_document = [&](const std::string& call) {
        return c.execute(az::text("SELECT " + call).bind("d", document).columns<std::string>()).scalar();
    };
    CHECK(of_document("azoth_json_set(:d, '[\"a\"]', '2.50')") == std::string{document}.replace(5, 1, "2.50"));
    CHECK(of_document("azoth_json_remove(:d, '[\"a\"]')") == std::string{document}.erase(1, 6));
    CHECK(of_document("azoth_json_get(:d, '[\"e\"]')") == R"([1.10,{"x":-0.0}])");
    CHECK(of_document("azoth_json_get(:d, '[\"big\"]')") == "123456789012345678901234567890");
    CHECK_THROWS_AS(of_document("azoth_json_set(:d || 'x', '[\"a\"]', '2')"), az::data_error);
}
