#include <azoth/base/utf8.hpp>

#include <catch2/catch.hpp>

#include <cstdint>
#include <random>
#include <string>

namespace {

/// Decodes as the definition says, one character at a time, and compares the decoded number with the ranges.
bool is_valid_slowly(std::string_view text) {
    for (std::size_t i = 0; i < text.size();) {
        const auto byte = [&](std::size_t k) { return i + k < text.size() ? static_cast<unsigned char>(text[i + k]) : 0u; };
        const unsigned lead = byte(0);
        const std::size_t size = lead < 0x80 ? 1 : (lead & 0xe0u) == 0xc0 ? 2 : (lead & 0xf0u) == 0xe0 ? 3 : (lead & 0xf8u) == 0xf0 ? 4 : 0;
        if (size == 0) return false;
        std::uint32_t point = size == 1 ? lead : lead & (0xffu >> (size + 1));
        for (std::size_t k = 1; k < size; ++k) {
            if ((byte(k) & 0xc0u) != 0x80) return false;
            point = point << 6 | (byte(k) & 0x3fu);
        }
        constexpr std::uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
        if (point < least[size] || point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff)) return false;
        i += size;
    }
    return true;
}

}  // namespace

TEST_CASE("UTF-8: the edges of Unicode's table 3-7") {
    const char* const good[] = {"",
                                "a",
                                "\x7f",
                                "\xc2\x80",
                                "\xdf\xbf",
                                "\xe0\xa0\x80",
                                "\xe0\xbf\xbf",
                                "\xe1\x80\x80",
                                "\xec\xbf\xbf",
                                "\xed\x80\x80",
                                "\xed\x9f\xbf",
                                "\xee\x80\x80",
                                "\xef\xbf\xbf",
                                "\xf0\x90\x80\x80",
                                "\xf0\xbf\xbf\xbf",
                                "\xf1\x80\x80\x80",
                                "\xf3\xbf\xbf\xbf",
                                "\xf4\x80\x80\x80",
                                "\xf4\x8f\xbf\xbf"};
    for (const char* text : good) {
        INFO(Catch::Detail::stringify(std::string{text}));
        CHECK(azoth::is_valid_utf8(text));
    }
    const char* const bad[] = {"\x80",
                               "\xbf",
                               "\xc0\x80",
                               "\xc1\xbf",
                               "\xc2",
                               "\xc2\x7f",
                               "\xc2\xc0",
                               "\xe0\x80\x80",
                               "\xe0\x9f\xbf",
                               "\xe1\x80",
                               "\xe1\x80\x7f",
                               "\xed\xa0\x80",
                               "\xed\xbf\xbf",
                               "\xf0\x80\x80\x80",
                               "\xf0\x8f\xbf\xbf",
                               "\xf0\x90\x80",
                               "\xf0\x90\x80\xc0",
                               "\xf4\x90\x80\x80",
                               "\xf5\x80\x80\x80",
                               "\xff",
                               "abcdefgh\xff",
                               "abcdefg\xc2"};
    for (const char* text : bad) {
        INFO(Catch::Detail::stringify(std::string{text}));
        CHECK_FALSE(azoth::is_valid_utf8(text));
    }
    CHECK(azoth::is_valid_utf8(std::string_view{"a\0b", 3}));
}

TEST_CASE("UTF-8: every character of up to four bytes, as the definition says") {
    // All pairs of lead and second byte, with third and fourth bytes at the edges, at every place relative to the eight-byte steps.
    const char edges[] = {'\x00', '\x7f', '\x80', '\xbf', '\xc0', '\xff'};
    std::size_t differences = 0;
    for (unsigned lead = 0; lead < 256; ++lead)
        for (unsigned second = 0; second < 256; ++second)
            for (const char third : edges)
                for (const char fourth : edges) {
                    const std::string text{static_cast<char>(lead), static_cast<char>(second), third, fourth};
                    differences += azoth::is_valid_utf8(text) != is_valid_slowly(text) ? 1 : 0;
                    const std::string later = "123456" + text;
                    differences += azoth::is_valid_utf8(later) != is_valid_slowly(later) ? 1 : 0;
                }
    CHECK(differences == 0);
}

TEST_CASE("UTF-8: random texts, most of them nearly well-formed") {
    std::mt19937 random{20260101};
    const std::string pieces[] = {"a",    "12345678", "\xc3\xa9",        "\xe2\x82\xac", "\xf0\x9f\x98\x80", "\xed\xa0\x80",
                                  "\xc3", "\x80",     "\xf4\x90\x80\x80"};
    std::size_t valid = 0;
    for (int round = 0; round < 50'000; ++round) {
        std::string text;
        const auto count = random() % 12;
        for (unsigned i = 0; i < count; ++i) text += pieces[random() % (round % 2 ? 5 : std::size(pieces))];
        if (round % 3 == 0 && !text.empty()) text[random() % text.size()] = static_cast<char>(random());
        REQUIRE(azoth::is_valid_utf8(text) == is_valid_slowly(text));
        valid += azoth::is_valid_utf8(text) ? 1 : 0;
        for (std::size_t n = 0; n <= text.size() + 1; ++n) {
            const auto prefix = azoth::utf8_prefix(text, n);
            REQUIRE(prefix.size() <= n);
            REQUIRE(text.starts_with(prefix));
            if (azoth::is_valid_utf8(text)) {
                REQUIRE(azoth::is_valid_utf8(prefix));
                REQUIRE(n - std::min(n, prefix.size()) < (n > text.size() ? 5u : 4u));
            }
        }
    }
    CHECK(valid > 10'000);
    CHECK(valid < 40'000);
}

TEST_CASE("UTF-8: a prefix cuts no character in two") {
    const std::string text = "a\xc3\xa9\xf0\x9f\x98\x80z";
    CHECK(azoth::utf8_prefix(text, 0) == "");
    CHECK(azoth::utf8_prefix(text, 1) == "a");
    CHECK(azoth::utf8_prefix(text, 2) == "a");
    CHECK(azoth::utf8_prefix(text, 3) == "a\xc3\xa9");
    CHECK(azoth::utf8_prefix(text, 6) == "a\xc3\xa9");
    CHECK(azoth::utf8_prefix(text, 7) == "a\xc3\xa9\xf0\x9f\x98\x80");
    CHECK(azoth::utf8_prefix(text, 100) == text);
}
