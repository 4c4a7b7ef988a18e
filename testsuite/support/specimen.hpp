#pragma once

// A struct with a member of every type that Azoth knows, for the tests of a dialect's types.
#include <azoth/azoth.hpp>

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <limits>

namespace support {

enum class colour { red, green, blue };
enum class level : int { low = 1, high = 7 };

struct specimen {
    std::int64_t id{};
    bool flag{};
    std::int16_t small{};
    std::int32_t medium{};
    std::int64_t large{};
    std::uint16_t unsigned_small{};
    std::uint32_t unsigned_medium{};
    std::uint64_t unsigned_large{};
    float single{};
    double precise{};
    std::string words{};
    std::string few{};
    azoth::bytes raw{};
    azoth::decimal narrow{};
    azoth::decimal wide{};
    azoth::decimal any{};
    azoth::date day{std::chrono::year{1} / 1 / 1};
    azoth::time_of_day clock{};
    azoth::local_timestamp local{};
    azoth::timestamp instant{};
    std::chrono::microseconds span{};
    azoth::uuid key{};
    nlohmann::json document{};
    colour shade{};
    level grade{level::low};
    std::vector<std::int32_t> numbers{};
    std::vector<std::string> tags{};
    std::optional<std::string> maybe_words{};
    std::optional<std::uint64_t> maybe_unsigned{};
    std::optional<azoth::decimal> maybe_decimal{};
    std::optional<azoth::timestamp> maybe_instant{};
};

}  // namespace support

template <>
struct azoth::enum_labels<support::colour> {
    static constexpr std::string_view labels[]{"red", "green", "blue"};
};

template <>
struct azoth::mapping<support::specimen> {
    using specimen = support::specimen;
    static azoth::table_map<specimen> map() {
        return azoth::table_map<specimen>("specimen")
            .column<&specimen::id>(azoth::primary_key)
            .column<&specimen::flag>()
            .column<&specimen::small>()
            .column<&specimen::medium>()
            .column<&specimen::large>()
            .column<&specimen::unsigned_small>()
            .column<&specimen::unsigned_medium>()
            .column<&specimen::unsigned_large>()
            .column<&specimen::single>()
            .column<&specimen::precise>()
            .column<&specimen::words>()
            .column<&specimen::few>(azoth::string(20))
            .column<&specimen::raw>()
            .column<&specimen::narrow>(azoth::numeric(15, 4))
            .column<&specimen::wide>(azoth::numeric(65, 10))
            .column<&specimen::any>()
            .column<&specimen::day>()
            .column<&specimen::clock>()
            .column<&specimen::local>()
            .column<&specimen::instant>()
            .column<&specimen::span>()
            .column<&specimen::key>()
            .column<&specimen::document>()
            .column<&specimen::shade>()
            .column<&specimen::grade>()
            .column<&specimen::numbers>()
            .column<&specimen::tags>()
            .column<&specimen::maybe_words>()
            .column<&specimen::maybe_unsigned>()
            .column<&specimen::maybe_decimal>()
            .column<&specimen::maybe_instant>();
    }
};

namespace support {

/// One with a value in each member, none of them easy: quotes, extremes, digits.
inline specimen rich_specimen() {
    using namespace std::chrono_literals;
    specimen in;
    in.flag = true;
    in.small = -12;
    in.medium = -70'000;
    in.large = std::numeric_limits<std::int64_t>::min();
    in.unsigned_small = 65'535;
    in.unsigned_medium = 4'294'967'295u;
    in.unsigned_large = std::numeric_limits<std::uint64_t>::max();
    in.single = 0.1f;
    in.precise = 0.1;
    in.words = "Grüße, 世界 'quoted' \"twice\" \\N \\ \t\r\n 🎉";
    in.few = "'; DROP TABLE x; --";
    in.raw = {std::byte{0}, std::byte{255}, std::byte{10}, std::byte{'\\'}, std::byte{0}};
    in.narrow = azoth::decimal::parse("12345678901.2345");
    in.wide = azoth::decimal::parse("-123456789012345678901234567890.0123456789");
    in.any = azoth::decimal::parse("-0.00000000000000000000000000000000000000000000000000000000001");
    in.day = std::chrono::year{2024} / 2 / 29;
    in.clock = azoth::time_of_day{23h, 59min, 59s, 999'999us};
    in.local = azoth::local_timestamp{std::chrono::local_days{std::chrono::year{1969} / 7 / 20} + 20h + 17min + 40s + 1us};
    in.instant = azoth::timestamp{std::chrono::sys_days{std::chrono::year{9999} / 12 / 31} + 23h + 59min + 59s + 999'999us};
    in.span = -(50h + 3min + 999'999us);
    in.key = azoth::uuid::parse("123e4567-e89b-12d3-a456-426614174000");
    in.document = nlohmann::json{{"a", {1, 2.5, nullptr, "x\"y"}}, {"b", true}};
    in.shade = colour::blue;
    in.grade = level::high;
    in.numbers = {1, -2, 3};
    in.tags = {"plain", "with, comma", "NULL", "\"quoted\" \\ back", ""};
    in.maybe_words = "";
    in.maybe_unsigned = 0;
    in.maybe_decimal = azoth::decimal::parse("1.5");
    in.maybe_instant = azoth::timestamp{-1us};
    return in;
}

/// Compares all but the key.
inline void check_same(const specimen& in, const specimen& out) {
    CHECK(out.flag == in.flag);
    CHECK(out.small == in.small);
    CHECK(out.medium == in.medium);
    CHECK(out.large == in.large);
    CHECK(out.unsigned_small == in.unsigned_small);
    CHECK(out.unsigned_medium == in.unsigned_medium);
    CHECK(out.unsigned_large == in.unsigned_large);
    CHECK(out.single == in.single);
    CHECK(out.precise == in.precise);
    CHECK(out.words == in.words);
    CHECK(out.few == in.few);
    CHECK(out.raw == in.raw);
    CHECK(out.narrow == in.narrow);
    CHECK(out.wide == in.wide);
    CHECK(out.any == in.any);
    CHECK(out.day == in.day);
    CHECK(out.clock == in.clock);
    CHECK(out.local == in.local);
    CHECK(out.instant == in.instant);
    CHECK(out.span == in.span);
    CHECK(out.key == in.key);
    CHECK(out.document == in.document);
    CHECK(out.shade == in.shade);
    CHECK(out.grade == in.grade);
    CHECK(out.numbers == in.numbers);
    CHECK(out.tags == in.tags);
    CHECK(out.maybe_words == in.maybe_words);
    CHECK(out.maybe_unsigned == in.maybe_unsigned);
    CHECK(out.maybe_decimal == in.maybe_decimal);
    CHECK(out.maybe_instant == in.maybe_instant);
}

}  // namespace support
