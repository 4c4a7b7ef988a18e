// Every tag read as every C++ type: what each may be read as, what it must not, and where values stop fitting.
#include <azoth/base/value.hpp>

#include "../throws.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <cmath>
#include <limits>
#include <map>
#include <set>
#include <string>

using azoth::arena;
using azoth::cell;
using azoth::cell_tag;
using azoth::to_string;
using azoth::value_traits;
using namespace std::chrono_literals;

namespace {

template <class T>
T read(const cell& from) {
    T to{};
    value_traits<T>::from_cell(from, to);
    return to;
}

template <class T>
std::string outcome(const cell& from) {
    return azoth::test::code_of([&] { (void)read<T>(from); });
}

const std::byte two_bytes[] = {std::byte{1}, std::byte{0xff}};
constexpr unsigned char uuid_bytes[16] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};

/// A harmless value of each tag, which fits into whatever its tag may be read as.
std::map<cell_tag, cell> samples() {
    return {{cell_tag::null, cell{}},
            {cell_tag::i64, cell::integer(1)},
            {cell_tag::u64, cell::unsigned_integer(1)},
            {cell_tag::f64, cell::real(1)},
            {cell_tag::text, cell::text("1")},
            {cell_tag::bytes, cell::bytes(two_bytes)},
            {cell_tag::decimal, cell::decimal("1")},
            {cell_tag::date, cell{cell_tag::date, 1}},
            {cell_tag::time, cell{cell_tag::time, 1}},
            {cell_tag::timestamp, cell{cell_tag::timestamp, 1}},
            {cell_tag::instant, cell{cell_tag::instant, 1}},
            {cell_tag::interval, cell::interval_of({0, 0, 1})},
            {cell_tag::uuid, cell::uuid(uuid_bytes)},
            {cell_tag::json, cell::json("1")}};
}

/// Checks that exactly these tags can be read as T: all others are type mismatches, and NULL is null-value.
template <class T>
void check_tags(const char* type, const std::set<cell_tag>& allowed, const char* text = "1") {
    for (auto [tag, sample] : samples()) {
        if (tag == cell_tag::text) sample = cell::text(text);
        INFO(type << " from " << azoth::tag_name(tag));
        const std::string expected = tag == cell_tag::null ? "null-value" : allowed.contains(tag) ? "nothing" : "type-mismatch";
        CHECK(outcome<T>(sample) == expected);
        if constexpr (!azoth::is_optional_v<T>) {
            CHECK(outcome<std::optional<T>>(sample) == (tag == cell_tag::null ? "nothing" : expected));
        }
    }
}

enum class level : short { low = -1, mid = 0, high = 7 };
enum class color { red, green, blue };
struct celsius {
    double degrees{};
};
struct tag_list {
    std::string joined{};
};

}  // namespace

template <>
struct azoth::enum_labels<color> {
    static constexpr std::string_view labels[] = {"red", "green", "blue"};
};
template <>
struct azoth::value_traits<celsius> : azoth::stored_as<celsius, double> {
    static double to_stored(const celsius& c) { return c.degrees; }
    static celsius from_stored(double d) { return {d}; }
};
template <>
struct azoth::value_traits<tag_list> : azoth::stored_as<tag_list, std::string> {
    static std::string to_stored(const tag_list& t) { return "{" + t.joined + "}"; }
    static tag_list from_stored(const std::string& s) { return {s.substr(1, s.size() - 2)}; }
};

TEST_CASE("readers: which tag can be read as which type") {
    using t = cell_tag;
    const std::set<cell_tag> numbers{t::i64, t::u64, t::f64, t::decimal, t::text};
    check_tags<std::int8_t>("int8", numbers);
    check_tags<std::int16_t>("int16", numbers);
    check_tags<std::int32_t>("int32", numbers);
    check_tags<std::int64_t>("int64", numbers);
    check_tags<std::uint8_t>("uint8", numbers);
    check_tags<std::uint16_t>("uint16", numbers);
    check_tags<std::uint32_t>("uint32", numbers);
    check_tags<std::uint64_t>("uint64", numbers);
    check_tags<float>("float", numbers);
    check_tags<double>("double", numbers);
    check_tags<azoth::decimal>("decimal", numbers);
    check_tags<level>("enum", numbers);
    check_tags<celsius>("stored_as double", numbers);
    check_tags<bool>("bool", {t::i64, t::u64, t::text});
    check_tags<std::string>("string", {t::text, t::json, t::decimal});
    check_tags<azoth::bytes>("bytes", {t::bytes});
    check_tags<azoth::date>("date", {t::date, t::text}, "2024-02-29");
    check_tags<azoth::time_of_day>("time", {t::time, t::text}, "12:30:00");
    check_tags<azoth::local_timestamp>("local_timestamp", {t::timestamp, t::text}, "2024-02-29 12:30:00");
    check_tags<azoth::timestamp>("timestamp", {t::instant, t::timestamp, t::text}, "2024-02-29 12:30:00Z");
    check_tags<std::chrono::microseconds>("interval", {t::interval, t::i64, t::text}, "1 microseconds");
    check_tags<azoth::uuid>("uuid", {t::uuid, t::text}, "123e4567-e89b-12d3-a456-426614174000");
    check_tags<nlohmann::json>("json", {t::json, t::text});
    check_tags<color>("labelled enum", {t::text}, "green");
}

TEST_CASE("readers: a refusal names the value, its type and what was wanted") {
    CHECK_ERROR(read<std::int32_t>(cell{}), "null-value", "read it as std::optional");
    CHECK_ERROR(read<std::int32_t>(cell::json("[1]")), "type-mismatch",
                "\"[1]\" is a value of type json, which cannot be read as an integer");
    CHECK_ERROR(read<azoth::date>(cell::integer(5)), "type-mismatch", "5 is a value of type i64");
    CHECK_ERROR(read<std::int8_t>(cell::integer(128)), "value-range", "128 does not fit into an integer from -128 to 127");
    CHECK_ERROR(read<std::uint8_t>(cell::integer(-1)), "value-range", "-1 does not fit into an integer from 0 to 255");
}

namespace {

/// The edges of an integer type, from every tag that can say them.
template <class T>
void check_integer_edges() {
    constexpr T least = std::numeric_limits<T>::min();
    constexpr T most = std::numeric_limits<T>::max();
    INFO("an integer of " << sizeof(T) << " bytes, " << (std::signed_integral<T> ? "signed" : "unsigned"));
    for (const T edge : {least, most, T{0}}) {
        const std::string digits = std::to_string(edge);
        CHECK(read<T>(cell::text(digits)) == edge);
        CHECK(read<T>(cell::decimal(digits)) == edge);
        CHECK(read<T>(cell::decimal(digits + ".000")) == edge);
        if constexpr (std::signed_integral<T>) CHECK(read<T>(cell::integer(edge)) == edge);
        if (edge >= 0) CHECK(read<T>(cell::unsigned_integer(static_cast<std::uint64_t>(edge))) == edge);
        if constexpr (sizeof(T) < 8) CHECK(read<T>(cell::real(static_cast<double>(edge))) == edge);
    }
    const azoth::decimal above = azoth::decimal{most} + 1;
    const azoth::decimal below = azoth::decimal{least} - 1;
    for (const auto& beyond : {above, below}) {
        const std::string digits = to_string(beyond);
        INFO(digits);
        CHECK(outcome<T>(cell::decimal(digits)) == "value-range");
        const std::string from_text = outcome<T>(cell::text(digits));
        CHECK((from_text == "value-range" || (from_text == "value-format" && std::unsigned_integral<T> && digits[0] == '-')));
        if constexpr (sizeof(T) < 8) {
            CHECK(outcome<T>(cell::integer(beyond.to_int64())) == "value-range");
            CHECK(outcome<T>(cell::real(beyond.to_double())) == "value-range");
        }
    }
    CHECK(outcome<T>(cell::real(0.5)) == "value-range");
    CHECK(outcome<T>(cell::decimal("0.5")) == "value-range");
    CHECK(outcome<T>(cell::text("0.5")) == "value-format");
    for (const double odd : {std::nan(""), HUGE_VAL, -HUGE_VAL, 1e300, -1e300}) CHECK(outcome<T>(cell::real(odd)) == "value-range");
    for (const char* text : {"", " 1", "1 ", "+1", "0x10", "1e2", "one", "1.0", "-"}) CHECK(outcome<T>(cell::text(text)) == "value-format");
    for (const char* text : {"99999999999999999999999", "1e400", "1e-400"}) {
        CHECK(outcome<T>(cell::decimal(text)) == "value-range");
    }
    CHECK(outcome<T>(cell::decimal("NaN")) == "value-format");
    CHECK(read<T>(cell::real(-0.0)) == 0);
}

}  // namespace

TEST_CASE("readers: the edges of integers") {
    check_integer_edges<std::int8_t>();
    check_integer_edges<std::int16_t>();
    check_integer_edges<std::int32_t>();
    check_integer_edges<std::int64_t>();
    check_integer_edges<std::uint8_t>();
    check_integer_edges<std::uint16_t>();
    check_integer_edges<std::uint32_t>();
    check_integer_edges<std::uint64_t>();
}

TEST_CASE("readers: integers around 2^63 and 2^64") {
    constexpr double two_63 = 9223372036854775808.0;
    constexpr double two_64 = 18446744073709551616.0;
    CHECK(read<std::int64_t>(cell::real(-two_63)) == std::numeric_limits<std::int64_t>::min());
    CHECK(outcome<std::int64_t>(cell::real(two_63)) == "value-range");
    CHECK(read<std::int64_t>(cell::real(std::nextafter(two_63, 0))) == 9223372036854774784);
    CHECK(outcome<std::int64_t>(cell::real(std::nextafter(-two_63, -HUGE_VAL))) == "value-range");
    CHECK(read<std::uint64_t>(cell::real(two_63)) == std::uint64_t{1} << 63);
    CHECK(outcome<std::uint64_t>(cell::real(two_64)) == "value-range");
    CHECK(read<std::uint64_t>(cell::real(std::nextafter(two_64, 0))) == 18446744073709549568u);
    CHECK(outcome<std::uint64_t>(cell::real(-1)) == "value-range");
    CHECK(outcome<std::int64_t>(cell::unsigned_integer(std::uint64_t{1} << 63)) == "value-range");
    CHECK(read<std::int64_t>(cell::unsigned_integer((std::uint64_t{1} << 63) - 1)) == std::numeric_limits<std::int64_t>::max());
    CHECK(outcome<std::uint64_t>(cell::integer(std::numeric_limits<std::int64_t>::min())) == "value-range");
    CHECK(outcome<std::int8_t>(cell::real(127.5)) == "value-range");
    CHECK(outcome<std::int8_t>(cell::real(-128.5)) == "value-range");
}

TEST_CASE("readers: doubles hold integers of 53 bits, and say so beyond") {
    constexpr std::int64_t exact = std::int64_t{1} << 53;
    CHECK(read<double>(cell::integer(exact)) == 9007199254740992.0);
    CHECK(read<double>(cell::integer(-exact)) == -9007199254740992.0);
    CHECK_ERROR(read<double>(cell::integer(exact + 1)), "value-range", "read it as an integer");
    CHECK_ERROR(read<double>(cell::integer(-exact - 1)), "value-range", "9007199254740993");
    CHECK(read<double>(cell::integer(exact + 2)) == 9007199254740994.0);
    CHECK(read<double>(cell::integer(std::numeric_limits<std::int64_t>::min())) == -9223372036854775808.0);
    CHECK(outcome<double>(cell::integer(std::numeric_limits<std::int64_t>::max())) == "value-range");
    CHECK(outcome<double>(cell::unsigned_integer(std::numeric_limits<std::uint64_t>::max())) == "value-range");
    CHECK(read<double>(cell::unsigned_integer(std::uint64_t{1} << 63)) == 9223372036854775808.0);
    CHECK(read<double>(cell::decimal("0.1")) == 0.1);
    CHECK(std::isnan(read<double>(cell::real(std::nan("")))));
    CHECK(read<double>(cell::real(HUGE_VAL)) == HUGE_VAL);
    CHECK(std::signbit(read<double>(cell::text("-0"))));
    CHECK(read<double>(cell::text("1.7976931348623157e308")) == std::numeric_limits<double>::max());
    CHECK_ERROR(read<double>(cell::text("1e400")), "value-range", "outside the range");
    CHECK_ERROR(read<double>(cell::text("1e-400")), "value-range", "outside the range");
    for (const char* text : {"", " 1", "1x", "1,5", "--1", "e1"}) CHECK(outcome<double>(cell::text(text)) == "value-format");
}

TEST_CASE("readers: floats round a fraction, but lose neither size nor an integer's digits") {
    CHECK(read<float>(cell::real(0.1)) == 0.1f);
    CHECK(read<float>(cell::integer(16777216)) == 16777216.0f);
    CHECK_ERROR(read<float>(cell::integer(16777217)), "value-range", "16777217");
    CHECK_ERROR(read<float>(cell::unsigned_integer(16777217)), "value-range", "read it as a double");
    CHECK(outcome<float>(cell::real(3.5e38)) == "value-range");
    CHECK(outcome<float>(cell::real(-3.5e38)) == "value-range");
    CHECK(outcome<float>(cell::real(1e-60)) == "value-range");
    CHECK(read<float>(cell::real(0.0)) == 0.0f);
    CHECK(read<float>(cell::real(HUGE_VAL)) == HUGE_VALF);
    CHECK(std::isnan(read<float>(cell::real(std::nan("")))));
    CHECK(read<float>(cell::real(3.4028234663852886e38)) == std::numeric_limits<float>::max());
}

TEST_CASE("readers: booleans") {
    CHECK(read<bool>(cell::integer(1)));
    CHECK_FALSE(read<bool>(cell::integer(0)));
    CHECK(read<bool>(cell::unsigned_integer(1)));
    for (const char* text : {"1", "t", "true"}) CHECK(read<bool>(cell::text(text)));
    for (const char* text : {"0", "f", "false"}) CHECK_FALSE(read<bool>(cell::text(text)));
    for (const char* text : {"", "2", "TRUE", "yes", "t ", "truee"}) CHECK(outcome<bool>(cell::text(text)) == "value-format");
    CHECK_ERROR(read<bool>(cell::integer(2)), "value-range", "2 is no boolean");
    CHECK(outcome<bool>(cell::integer(-1)) == "value-range");
    CHECK(outcome<bool>(cell::integer(256)) == "value-range");
    CHECK(outcome<bool>(cell::unsigned_integer(std::uint64_t{1} << 32)) == "value-range");
}

TEST_CASE("readers: text and bytes, empty ones and NUL included") {
    CHECK(read<std::string>(cell::text({"a\0b", 3})) == std::string("a\0b", 3));
    CHECK(read<std::string>(cell::text({})).empty());
    CHECK(read<std::string>(cell::json("{\"a\": 1}")) == "{\"a\": 1}");
    CHECK(read<std::string>(cell::decimal("1.50")) == "1.50");
    CHECK(read<azoth::bytes>(cell::bytes(two_bytes)) == azoth::bytes{std::byte{1}, std::byte{0xff}});
    CHECK(read<azoth::bytes>(cell::bytes({})).empty());
    std::string reused = "something that was there before";
    value_traits<std::string>::from_cell(cell::text("x"), reused);
    CHECK(reused == "x");
    arena scratch;
    CHECK(value_traits<std::string_view>::to_cell("view", scratch).chars_view() == "view");
    static_assert(!azoth::storable<std::string_view>);  // nobody would own a result's text
}

TEST_CASE("readers: decimals") {
    CHECK(to_string(read<azoth::decimal>(cell::decimal("12.50"))) == "12.50");
    CHECK(to_string(read<azoth::decimal>(cell::text("-0.0"))) == "0.0");
    CHECK(to_string(read<azoth::decimal>(cell::real(0.1))) == "0.1");
    CHECK(to_string(read<azoth::decimal>(cell::unsigned_integer(~std::uint64_t{0}))) == "18446744073709551615");
    CHECK(to_string(read<azoth::decimal>(cell::integer(std::numeric_limits<std::int64_t>::min()))) == "-9223372036854775808");
    // Where a database keeps decimals as doubles, the digits beyond the fifteenth are the noise of its arithmetic.
    CHECK(to_string(read<azoth::decimal>(cell::real(0.1 + 0.2))) == "0.3");
    CHECK(to_string(read<azoth::decimal>(cell::real(-123456789012.345))) == "-123456789012.345");
    CHECK(to_string(read<azoth::decimal>(cell::real(1e22))) == "10000000000000000000000");
    CHECK(outcome<azoth::decimal>(cell::real(1e65)) == "value-range");
    CHECK(outcome<azoth::decimal>(cell::real(HUGE_VAL)) == "value-range");
    CHECK(outcome<azoth::decimal>(cell::real(std::nan(""))) == "value-range");
    CHECK(outcome<azoth::decimal>(cell::decimal("NaN")) == "value-format");
    CHECK(outcome<azoth::decimal>(cell::decimal(std::string(66, '9'))) == "value-range");
    CHECK(to_string(read<azoth::decimal>(cell::decimal("1." + std::string(70, '0')))) == "1." + std::string(64, '0'));
}

TEST_CASE("readers: dates and times outside the calendar are refused, not wrapped") {
    using std::chrono::microseconds;
    constexpr std::int64_t day = 86'400'000'000;
    CHECK(to_string(read<azoth::date>(cell{cell_tag::date, -719162})) == "0001-01-01");
    CHECK(to_string(read<azoth::date>(cell{cell_tag::date, 2932896})) == "9999-12-31");
    for (const std::int64_t days : {std::int64_t{-719163}, std::int64_t{2932897}, std::int64_t{24'000'000}, std::int64_t{1} << 40,
                                    std::numeric_limits<std::int64_t>::max(), std::numeric_limits<std::int64_t>::min()}) {
        INFO(days);
        CHECK_ERROR(read<azoth::date>(cell{cell_tag::date, days}), "value-range", std::to_string(days));
        // The message shows the number, not a day that was never meant.
        CHECK(azoth::display(cell{cell_tag::date, days}) == "date " + std::to_string(days));
    }
    CHECK(to_string(read<azoth::time_of_day>(cell{cell_tag::time, day - 1})) == "23:59:59.999999");
    for (const std::int64_t us : {day, std::int64_t{-1}, std::numeric_limits<std::int64_t>::max()}) {
        CHECK_ERROR(read<azoth::time_of_day>(cell{cell_tag::time, us}), "value-range", "within a day");
    }
    constexpr std::int64_t first = -719162 * day;
    constexpr std::int64_t end = 2932897 * day;
    for (const cell_tag tag : {cell_tag::timestamp, cell_tag::instant}) {
        for (const std::int64_t us : {first - 1, end, std::numeric_limits<std::int64_t>::max(), std::numeric_limits<std::int64_t>::min()}) {
            INFO(us);
            CHECK((tag == cell_tag::timestamp ? outcome<azoth::local_timestamp>({tag, us}) : outcome<azoth::timestamp>({tag, us})) ==
                  "value-range");
            CHECK(azoth::display(cell{tag, us}) == std::string{azoth::tag_name(tag)} + " " + std::to_string(us));
        }
    }
    CHECK(to_string(read<azoth::timestamp>(cell{cell_tag::instant, first})) == "0001-01-01 00:00:00.000000Z");
    CHECK(to_string(read<azoth::local_timestamp>(cell{cell_tag::timestamp, end - 1})) == "9999-12-31 23:59:59.999999");
}

TEST_CASE("readers: writing dates and times outside the calendar is refused too") {
    arena scratch;
    const auto write = [&](const auto& v) {
        return azoth::test::code_of([&] { (void)value_traits<std::remove_cvref_t<decltype(v)>>::to_cell(v, scratch); });
    };
    using std::chrono::year;
    CHECK(write(azoth::date{year{0} / 1 / 1}) == "value-range");
    CHECK(write(azoth::date{year{10000} / 1 / 1}) == "value-range");
    CHECK(write(azoth::date{year{2023} / 2 / 29}) == "value-range");
    CHECK(write(azoth::date{year{2024} / 2 / 29}) == "nothing");
    CHECK(write(azoth::time_of_day{24h}) == "value-range");
    CHECK(write(azoth::time_of_day{-1us}) == "value-range");
    CHECK(write(azoth::timestamp::max()) == "value-range");
    CHECK(write(azoth::local_timestamp::min()) == "value-range");
    CHECK(write(azoth::timestamp{std::chrono::days{24'000'000}}) == "value-range");  // 2^16 years on: looks like our own age
    CHECK(write(azoth::timestamp{0us}) == "nothing");
}

TEST_CASE("readers: intervals") {
    using std::chrono::microseconds;
    CHECK(read<microseconds>(cell::interval_of({0, 2, -5})) == 48h - 5us);
    CHECK(read<microseconds>(cell::interval_of({0, -1, 0})) == -24h);
    CHECK(read<microseconds>(cell::integer(-7)) == -7us);
    CHECK(read<microseconds>(cell::text("-1500 microseconds")) == -1500us);  // an array's element
    for (const char* text : {"", "1", " microseconds", "1.5 microseconds", "1 second"})
        CHECK(outcome<microseconds>(cell::text(text)) == "value-format");
    CHECK_ERROR(read<microseconds>(cell::interval_of({1, 0, 0})), "value-range", "1 months");
    CHECK_ERROR(read<microseconds>(cell::interval_of({0, std::numeric_limits<std::int32_t>::max(), 0})), "value-range", "64 bits");
    CHECK_ERROR(read<microseconds>(cell::interval_of({0, 1, std::numeric_limits<std::int64_t>::max()})), "value-range", "64 bits");
    CHECK_ERROR(read<microseconds>(cell::interval_of({0, -1, std::numeric_limits<std::int64_t>::min()})), "value-range", "64 bits");
}

TEST_CASE("readers: uuids, from 16 bytes and from text") {
    const auto u = read<azoth::uuid>(cell::uuid(uuid_bytes));
    CHECK(to_string(u) == "01020304-0506-0708-090a-0b0c0d0e0f10");
    const std::span<const std::byte> raw = std::as_bytes(std::span{uuid_bytes});
    CHECK(read<azoth::uuid>(cell::bytes(raw)) == u);
    CHECK(outcome<azoth::uuid>(cell::bytes(raw.first(15))) == "type-mismatch");
    CHECK(read<azoth::uuid>(cell::text("01020304-0506-0708-090A-0B0C0D0E0F10")) == u);
    CHECK(outcome<azoth::uuid>(cell::text("no")) == "value-format");
}

TEST_CASE("readers: json") {
    using nlohmann::json;
    CHECK(read<json>(cell::json(R"({"a": [1, null, "\u00e9"]})")) == json{{"a", {1, nullptr, "\xc3\xa9"}}});
    CHECK(read<json>(cell::text("null")).is_null());
    CHECK(read<json>(cell::json("18446744073709551615")).get<std::uint64_t>() == ~std::uint64_t{0});
    for (const char* text : {"", "{", "[1,]", "nul", "1 2", "'a'", "\"\xff\"", "NaN", "1e400"}) {
        INFO(text);
        CHECK(outcome<json>(cell::json(text)) == "value-format");
    }
    // A NULL of the database is not the JSON value null.
    CHECK(outcome<json>(cell{}) == "null-value");
    arena scratch;
    const json original = {{"text", "a\"b\\c\n"}, {"list", {1, -2, 3.5, true, nullptr}}, {"empty", json::object()}};
    CHECK(read<json>(value_traits<json>::to_cell(original, scratch)) == original);
    CHECK_ERROR(value_traits<json>::to_cell(json("\xff"), scratch), "value-format", "cannot be written");
    CHECK_ERROR(value_traits<json>::to_cell(json{1, {{"a", std::nan("")}}}, scratch), "value-range", "NaN");
    CHECK_ERROR(value_traits<json>::to_cell(json(HUGE_VAL), scratch), "value-range", "infinity");
}

TEST_CASE("readers: enums by number and by label") {
    arena scratch;
    CHECK(read<level>(cell::integer(-1)) == level::low);
    CHECK(read<level>(value_traits<level>::to_cell(level::high, scratch)) == level::high);
    CHECK(outcome<level>(cell::integer(40'000)) == "value-range");  // its numbers are shorts
    CHECK(value_traits<level>::kind == azoth::type_kind::small_integer);
    CHECK(value_traits<color>::kind == azoth::type_kind::enumeration);
    for (const color c : {color::red, color::green, color::blue}) CHECK(read<color>(value_traits<color>::to_cell(c, scratch)) == c);
    CHECK(value_traits<color>::to_cell(color::blue, scratch).chars_view() == "blue");
    CHECK_ERROR(read<color>(cell::text("Green")), "value-format", "red, green, blue");
    CHECK_ERROR(read<color>(cell::text("")), "value-format", "none of the enum's labels");
    CHECK_ERROR(value_traits<color>::to_cell(static_cast<color>(3), scratch), "value-range", "0 (red) to 2");
    CHECK_ERROR(value_traits<color>::to_cell(static_cast<color>(-1), scratch), "value-range", "-1 has no label");
    CHECK(azoth::codec_of<color>.labels.size() == 3);
    CHECK(azoth::codec_of<std::optional<color>>.labels.size() == 3);
    CHECK(azoth::codec_of<level>.labels.empty());
}

TEST_CASE("readers: optional is NULLable, and reuses what it holds") {
    arena scratch;
    using maybe = std::optional<std::string>;
    CHECK(value_traits<maybe>::to_cell(std::nullopt, scratch).is_null());
    CHECK(value_traits<maybe>::to_cell(maybe{""}, scratch).tag == cell_tag::text);
    maybe to = "before";
    value_traits<maybe>::from_cell(cell::text("after"), to);
    CHECK(to == "after");
    value_traits<maybe>::from_cell(cell{}, to);
    CHECK_FALSE(to.has_value());
    CHECK(azoth::codec_of<maybe>.nullable);
    CHECK_FALSE(azoth::codec_of<std::string>.nullable);
}

TEST_CASE("readers: a type of the user's own") {
    arena scratch;
    CHECK(read<celsius>(value_traits<celsius>::to_cell({36.6}, scratch)).degrees == 36.6);
    CHECK(value_traits<celsius>::kind == azoth::type_kind::double_);
    // What it is stored as lives in the arena, not in a temporary.
    const cell c = value_traits<tag_list>::to_cell({std::string(100, 'x')}, scratch);
    const cell other = value_traits<tag_list>::to_cell({std::string(100, 'y')}, scratch);
    CHECK(read<tag_list>(c).joined == std::string(100, 'x'));
    CHECK(read<tag_list>(other).joined == std::string(100, 'y'));
    CHECK(azoth::value{tag_list{"a"}}.as<tag_list>().joined == "a");
    CHECK_FALSE(read<std::optional<celsius>>(cell{}).has_value());
    static_assert(azoth::storable<celsius> && azoth::storable<std::optional<tag_list>>);
    struct stranger {};
    static_assert(!azoth::storable<stranger>);
}

TEST_CASE("readers: a codec does what the traits do") {
    arena scratch;
    const azoth::codec c = azoth::codec_of<std::optional<std::int32_t>>;
    CHECK(c.kind == azoth::type_kind::integer);
    std::optional<std::int32_t> from = 7;
    std::optional<std::int32_t> to;
    c.read(c.write(&from, scratch), &to);
    CHECK(to == 7);
    CHECK(azoth::test::code_of([&] { c.read(cell::integer(std::int64_t{1} << 40), &to); }) == "value-range");
}

TEST_CASE("a double read as a decimal loses the noise behind its fifteenth digit") {
    CHECK(to_string(read<azoth::decimal>(cell::real(0.1 + 0.2))) == "0.3");
    CHECK(to_string(read<azoth::decimal>(cell::real(123456789012.345))) == "123456789012.345");
    CHECK_THROWS_AS(read<azoth::decimal>(cell::real(std::numeric_limits<double>::infinity())), azoth::data_error);
    arena scratch;
    CHECK(azoth::convert(cell::real(0.1 + 0.2), cell_tag::decimal, scratch).chars_view() == "0.30000000000000004");
}

TEST_CASE("readers: texts of any length, one behind the other, into one string") {
    std::string to = "what was there";
    std::size_t most = 0;
    std::size_t grown = 0;
    for (std::size_t size = 0; size < 2'000; ++size) {
        const std::string from(size, static_cast<char>('a' + size % 26));
        value_traits<std::string>::from_cell(cell::text(from), to);
        REQUIRE(to == from);
        if (to.capacity() > most) most = to.capacity(), ++grown;
    }
    CHECK(grown < 20);  // by steps, not with each text
    value_traits<std::string>::from_cell(cell::text("x"), to);
    CHECK(to == "x");
    CHECK(read<std::string>(cell::text(std::string(100, 'y'))) == std::string(100, 'y'));
}
