// Owned values, and what is made of cells for people (describe, display) and for storage (convert).
#include <azoth/base/value.hpp>

#include "../throws.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <cmath>
#include <limits>
#include <set>
#include <string>
#include <vector>

using azoth::arena;
using azoth::cell;
using azoth::cell_tag;
using azoth::convert;
using azoth::describe;
using azoth::display;
using azoth::type_kind;
using azoth::value;

namespace {

constexpr unsigned char uuid_bytes[16] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};

bool same(const cell& a, const cell& b) { return value{a} == value{b}; }

}  // namespace

TEST_CASE("value: owns what it is made from") {
    std::string text = "a text too long to be kept inside of a string object";
    const value v{text};
    const value from_cell{cell::text(text)};
    text.assign(text.size(), '?');
    CHECK(v.as<std::string>() == "a text too long to be kept inside of a string object");
    CHECK(from_cell == v);
    CHECK(v.kind() == type_kind::text);
    CHECK(from_cell.kind() == type_kind::unknown);
    value copy = v;
    const value moved = std::move(copy);
    CHECK(moved == v);
    CHECK(moved.view().chars_view() == v.view().chars_view());
    CHECK(moved.view().chars.data != v.view().chars.data);
}

TEST_CASE("value: the kinds of its makers") {
    CHECK(value{}.is_null());
    CHECK(value{}.kind() == type_kind::unknown);
    CHECK(value{std::nullopt}.is_null());
    CHECK(value{std::optional<int>{}}.is_null());
    CHECK(value{std::optional<int>{}}.kind() == type_kind::integer);
    CHECK(value{true}.kind() == type_kind::boolean);
    CHECK(value{std::int16_t{1}}.kind() == type_kind::small_integer);
    CHECK(value{1}.kind() == type_kind::integer);
    CHECK(value{std::int64_t{1}}.kind() == type_kind::big_integer);
    CHECK(value{~std::uint64_t{0}}.kind() == type_kind::unsigned_big_integer);
    CHECK(value{1.5f}.kind() == type_kind::real);
    CHECK(value{1.5}.kind() == type_kind::double_);
    CHECK(value{"text"}.kind() == type_kind::text);
    CHECK(value{std::string_view{"text"}}.kind() == type_kind::text);
    CHECK(value{azoth::decimal{1}}.kind() == type_kind::numeric);
    CHECK(value{azoth::bytes{}}.kind() == type_kind::binary);
    CHECK(value{azoth::uuid{}}.kind() == type_kind::uuid);
    CHECK(value{nlohmann::json::object()}.kind() == type_kind::json);
    CHECK(value{std::chrono::microseconds{1}}.kind() == type_kind::interval);
}

TEST_CASE("value: reads back as it was written, or refuses") {
    CHECK(value{std::numeric_limits<std::int64_t>::min()}.as<std::int64_t>() == std::numeric_limits<std::int64_t>::min());
    CHECK(value{~std::uint64_t{0}}.as<std::uint64_t>() == ~std::uint64_t{0});
    CHECK(value{azoth::decimal::parse("12.50")}.as<azoth::decimal>().scale() == 2);
    CHECK(value{std::string("a\0b", 3)}.as<std::string>() == std::string("a\0b", 3));
    CHECK_FALSE(value{}.as<std::optional<int>>().has_value());
    CHECK_ERROR(value{}.as<int>(), "null-value", "std::optional");
    CHECK_ERROR(value{300}.as<std::int8_t>(), "value-range", "300");
    CHECK_ERROR(value{"x"}.as<azoth::bytes>(), "type-mismatch", "text");
    CHECK_ERROR(value{azoth::date{}}, "value-range", "calendar");
}

TEST_CASE("value: equal are the same tag and content") {
    const azoth::bytes b{std::byte{'a'}};
    CHECK(value{1} == value{std::int64_t{1}});  // both are i64 cells
    CHECK_FALSE(value{1} == value{1.0});
    CHECK_FALSE(value{"a"} == value{b});
    CHECK_FALSE(value{"a"} == value{"b"});
    CHECK_FALSE(value{""} == value{});
    CHECK(value{} == value{std::optional<int>{}});
    CHECK_FALSE(value{std::nan("")} == value{std::nan("")});
    CHECK(value{0.0} == value{-0.0});
    CHECK(value{cell::uuid(uuid_bytes)} == value{cell::uuid(uuid_bytes)});
    CHECK_FALSE(value{cell::uuid(uuid_bytes)} == value{azoth::uuid{}});
    CHECK(value{cell::interval_of({1, 2, 3})} == value{cell::interval_of({1, 2, 3})});
    CHECK_FALSE(value{cell::interval_of({1, 2, 3})} == value{cell::interval_of({1, 2, 4})});
    CHECK_FALSE(value{cell{cell_tag::date, 1}} == value{cell{cell_tag::time, 1}});
    CHECK_FALSE(value{cell::decimal("1.0")} == value{cell::decimal("1.00")});
}

TEST_CASE("display: values as a table shows them") {
    CHECK(display(cell{}) == "NULL");
    CHECK(display(cell::integer(-5)) == "-5");
    CHECK(display(cell::unsigned_integer(~std::uint64_t{0})) == "18446744073709551615");
    CHECK(display(cell::real(0.1)) == "0.1");
    CHECK(display(cell::real(1e300)) == "1e+300");
    CHECK(display(cell::text("it's")) == "it's");
    CHECK(display(cell::decimal("12.50")) == "12.50");
    const std::byte raw[] = {std::byte{0}, std::byte{0xab}};
    CHECK(display(cell::bytes(raw)) == "00ab");
    CHECK(display(cell{cell_tag::date, 0}) == "1970-01-01");
    CHECK(display(cell{cell_tag::time, 1}) == "00:00:00.000001");
    CHECK(display(cell{cell_tag::timestamp, 0}) == "1970-01-01 00:00:00.000000");
    CHECK(display(cell{cell_tag::instant, 0}) == "1970-01-01 00:00:00.000000Z");
    CHECK(display(cell::uuid(uuid_bytes)) == "01020304-0506-0708-090a-0b0c0d0e0f10");
    CHECK(display(cell::json("[1]")) == "[1]");
    CHECK(display(cell::interval_of({0, 0, 0})) == "0 microseconds");
    CHECK(display(cell::interval_of({14, -3, 5})) == "14 months -3 days 5 microseconds");
    CHECK(display(cell::interval_of({0, 2, 0})) == "2 days");
}

TEST_CASE("describe: text in quotes, shortened, and never a torn line") {
    CHECK(describe(cell::text("it's")) == "\"it's\"");
    CHECK(describe(cell::text("")) == "\"\"");
    CHECK(describe(cell::text("a\nb\tc\x01\x7f")) == "\"a\\nb\\tc\\x01\\x7f\"");
    CHECK(describe(cell::text(std::string(100, 'x'))) == "\"" + std::string(60, 'x') + "\"... (100 bytes)");
    CHECK(describe(cell::text("abcdef"), 3) == "\"abc\"... (6 bytes)");
    CHECK(describe(cell::text("ab\xc3\xa9"), 3) == "\"ab\"... (4 bytes)");
    CHECK(describe(cell::text("\xff\xfe")) == "x'fffe' (not UTF-8)");
    CHECK(describe(cell::text("\xff" + std::string(99, 'a')), 4) == "x'ff61'... (100 bytes) (not UTF-8)");
    CHECK(describe(cell::json("{\"a\":1}")) == "\"{\"a\":1}\"");
    const std::vector<std::byte> raw(100, std::byte{0xab});
    CHECK(describe(cell::bytes(std::span{raw}.first(2))) == "x'abab'");
    CHECK(describe(cell::bytes(raw), 4) == "x'abab'... (100 bytes)");
    CHECK(describe(cell{}) == "NULL");
    CHECK(describe(cell::integer(5)) == "5");
}

TEST_CASE("convert: the same tag and NULL stay as they are") {
    arena scratch;
    for (int tag = 0; tag <= static_cast<int>(cell_tag::json); ++tag) {
        CHECK(convert(cell{}, static_cast<cell_tag>(tag), scratch).is_null());
        CHECK(same(convert(cell::integer(5), cell_tag::null, scratch), cell::integer(5)));  // "as it comes"
    }
    CHECK(same(convert(cell::text("x"), cell_tag::text, scratch), cell::text("x")));
}

TEST_CASE("convert: round trips through the forms that a database may store") {
    const struct {
        cell from;
        std::vector<cell_tag> forms;
    } cases[] = {
        {cell::integer(-42), {cell_tag::text, cell_tag::decimal, cell_tag::f64, cell_tag::interval}},
        {cell::integer(42), {cell_tag::u64}},
        {cell::integer(std::numeric_limits<std::int64_t>::min()), {cell_tag::text, cell_tag::decimal, cell_tag::f64}},
        {cell::unsigned_integer(~std::uint64_t{0}), {cell_tag::text, cell_tag::decimal}},
        {cell::unsigned_integer(7), {cell_tag::i64, cell_tag::f64}},
        {cell::real(0.1), {cell_tag::text, cell_tag::decimal}},
        {cell::real(-1e300), {cell_tag::text}},
        {cell::real(5e-324), {cell_tag::text}},
        {cell::real(3), {cell_tag::i64, cell_tag::u64}},
        {cell::decimal("12.5"), {cell_tag::text, cell_tag::f64}},
        {cell::decimal("12.50"), {cell_tag::text}},
        {cell{cell_tag::date, 19782}, {cell_tag::text}},
        {cell{cell_tag::time, 86'399'999'999}, {cell_tag::text}},
        {cell{cell_tag::timestamp, -1}, {cell_tag::text}},
        {cell{cell_tag::instant, 1'700'000'000'123'456}, {cell_tag::text}},
        {cell::uuid(uuid_bytes), {cell_tag::text, cell_tag::bytes}},
        {cell::json("{\"a\": [1]}"), {cell_tag::text}},
        {cell::interval_of({0, 0, -5}), {cell_tag::i64}},
    };
    arena scratch;
    for (const auto& c : cases)
        for (const cell_tag form : c.forms) {
            INFO(describe(c.from) << " as " << azoth::tag_name(form));
            const cell stored = convert(c.from, form, scratch);
            CHECK(stored.tag == form);
            CHECK(same(convert(stored, c.from.tag, scratch), c.from));
        }
}

TEST_CASE("convert: which pairs are refused altogether") {
    using t = cell_tag;
    // From each tag to these; to all others there is no form.
    const std::vector<std::pair<cell, std::set<cell_tag>>> allowed = {
        {cell::integer(1), {t::u64, t::f64, t::text, t::decimal, t::interval}},
        {cell::unsigned_integer(1), {t::i64, t::f64, t::text, t::decimal}},
        {cell::real(1), {t::i64, t::u64, t::text, t::decimal}},
        {cell::bytes({}), {}},
        {cell::decimal("1"), {t::i64, t::u64, t::f64, t::text}},
        {cell{t::date, 1}, {t::text}},
        {cell{t::time, 1}, {t::text}},
        {cell{t::timestamp, 1}, {t::text}},
        {cell{t::instant, 1}, {t::text}},
        {cell::interval_of({0, 0, 1}), {t::i64}},
        {cell::uuid(uuid_bytes), {t::text, t::bytes}},
        {cell::json("1"), {t::text}},
    };
    arena scratch;
    for (const auto& [from, forms] : allowed)
        for (int i = 1; i <= static_cast<int>(t::json); ++i) {
            const auto to = static_cast<cell_tag>(i);
            if (to == from.tag) continue;
            INFO(azoth::tag_name(from.tag) << " to " << azoth::tag_name(to));
            CHECK(azoth::test::code_of([&, f = from] { (void)convert(f, to, scratch); }) ==
                  (forms.contains(to) ? "nothing" : "type-mismatch"));
        }
}

TEST_CASE("convert: text becomes whatever it spells") {
    arena scratch;
    CHECK(same(convert(cell::text("-7"), cell_tag::i64, scratch), cell::integer(-7)));
    CHECK(same(convert(cell::text("1e2"), cell_tag::f64, scratch), cell::real(100)));
    CHECK(same(convert(cell::text("+1.50"), cell_tag::decimal, scratch), cell::decimal("1.50")));
    CHECK(same(convert(cell::real(0.1 + 0.2), cell_tag::decimal, scratch),
               cell::decimal("0.30000000000000004")));  // what is sent keeps every digit
    CHECK(same(convert(cell::text("1970-01-02"), cell_tag::date, scratch), cell{cell_tag::date, 1}));
    CHECK(same(convert(cell::text("1970-01-01T01:00+01"), cell_tag::instant, scratch), cell{cell_tag::instant, 0}));
    CHECK(same(convert(cell::text("[]"), cell_tag::json, scratch), cell::json("[]")));
    CHECK_ERROR(convert(cell::text("x"), cell_tag::i64, scratch), "value-format", "\"x\"");
    CHECK_ERROR(convert(cell::text("x"), cell_tag::bytes, scratch), "type-mismatch", "no form as bytes");
}

TEST_CASE("convert: refuses what the other form cannot hold exactly") {
    arena scratch;
    CHECK_ERROR(convert(cell::integer((std::int64_t{1} << 53) + 1), cell_tag::f64, scratch), "value-range", "9007199254740993");
    CHECK_ERROR(convert(cell::integer(-1), cell_tag::u64, scratch), "value-range", "-1");
    CHECK_ERROR(convert(cell::unsigned_integer(std::uint64_t{1} << 63), cell_tag::i64, scratch), "value-range", "9223372036854775808");
    CHECK_ERROR(convert(cell::real(0.5), cell_tag::i64, scratch), "value-range", "fraction");
    CHECK_ERROR(convert(cell::real(std::nan("")), cell_tag::decimal, scratch), "value-range", "nan");
    CHECK_ERROR(convert(cell::decimal("0.12345678901234567890"), cell_tag::f64, scratch), "value-range", "more digits than a double");
    CHECK_ERROR(convert(cell::decimal("9007199254740993"), cell_tag::f64, scratch), "value-range", "more digits than a double");
    CHECK_ERROR(convert(cell::decimal("1.5"), cell_tag::i64, scratch), "value-range", "fraction");
    CHECK_ERROR(convert(cell{cell_tag::date, 24'000'000}, cell_tag::text, scratch), "value-range", "1 to 9999");
    CHECK_ERROR(convert(cell{cell_tag::time, -1}, cell_tag::text, scratch), "value-range", "within a day");
    CHECK_ERROR(convert(cell::interval_of({1, 0, 0}), cell_tag::i64, scratch), "value-range", "months");
}
