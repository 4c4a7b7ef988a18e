// Arrays of one type: native where the database has them, JSON elsewhere; a program sees no difference.
#include "moments.hpp"
#include "travel.hpp"
#include "types_parts.hpp"

#include <limits>

// Named, for g++: a column of theirs would have a base of no linkage.
namespace azoth::conformance::array_elements {

enum class suit { clubs, hearts, quoted };

/// Text of the program's own.
struct word {
    std::string text{};
    friend bool operator==(const word&, const word&) = default;
};

}  // namespace azoth::conformance::array_elements

template <>
struct azoth::enum_labels<azoth::conformance::array_elements::suit> {
    static constexpr std::string_view labels[]{"clubs", "hearts", "it's {a}, \"b\""};
};

template <>
struct azoth::value_traits<azoth::conformance::array_elements::word>
    : azoth::stored_as<azoth::conformance::array_elements::word, std::string> {
    static std::string to_stored(const azoth::conformance::array_elements::word& from) { return "§" + from.text; }
    static azoth::conformance::array_elements::word from_stored(const std::string& from) {
        if (!from.starts_with("§")) azoth::throw_error(azoth::errc::value_format, "a word begins with §");
        return {from.substr(std::string_view{"§"}.size())};
    }
};

namespace azoth::conformance {
namespace {

using namespace array_elements;

template <class Element>
struct array_samples {
    using type = std::vector<Element>;
    static constexpr bool is_searchable = false;  // types/array-equality
};

struct as_integers : array_samples<std::int64_t> {
    static constexpr std::string_view stem = "integers";
    static std::vector<type> samples() {
        return {{1, 2, 3},
                {},
                {-1},
                {std::numeric_limits<std::int64_t>::max(), std::numeric_limits<std::int64_t>::min(), 0},
                {9'007'199'254'740'993}};
    }
};

struct as_small_integers : array_samples<std::int16_t> {
    static constexpr std::string_view stem = "small_integers";
    static std::vector<type> samples() { return {{32'767, -32'768}, {}, {0}}; }
};

struct as_texts : array_samples<std::string> {
    static constexpr std::string_view stem = "texts";
    static std::vector<type> samples() {
        return {{"one", "two"},
                {},
                {""},
                {"", ""},
                {"a,b", "c\"d", "{e}", "f\\g", "h'i", "[j]"},
                {"NULL", "null", "nil"},
                {" ", " lead", "trail "},
                {"größer", "日本語", "🐘"},
                {"a\nb", "\t", "%s", ":x", "?"}};
    }
};

struct as_doubles : array_samples<double> {
    static constexpr std::string_view stem = "doubles";
    static std::vector<type> samples() { return {{0.1, -2.5, 1e300, 5e-324}, {}, {1.0, 0.0}, {2.0 / 3}}; }
};

struct as_booleans : array_samples<bool> {
    static constexpr std::string_view stem = "booleans";
    static std::vector<type> samples() { return {{true, false, true}, {}, {false}}; }
};

struct as_decimals : array_samples<decimal> {
    static constexpr std::string_view stem = "decimals";
    static std::vector<type> samples() {
        return {{decimal::parse("12345678901234567890.12"), decimal::parse("-0.5")}, {}, {decimal::parse("1"), decimal::parse("0")}};
    }
};

struct as_dates : array_samples<date> {
    static constexpr std::string_view stem = "dates";
    static std::vector<type> samples() { return {{day(2024, 2, 29), day(1, 1, 1), day(9999, 12, 31)}, {}, {day(1969, 7, 20)}}; }
};

struct as_timestamps : array_samples<local_timestamp> {
    static constexpr std::string_view stem = "timestamps";
    static std::vector<type> samples() {
        return {
            {wall(day(2024, 2, 29), clock(23, 59, 59, 999'999)), wall(day(1969, 12, 31), clock(1, 2, 3))}, {}, {wall(day(2000, 1, 1), {})}};
    }
};

struct as_instants : array_samples<timestamp> {
    static constexpr std::string_view stem = "instants";
    static std::vector<type> samples() {
        return {
            {utc(day(2024, 2, 29), clock(23, 59, 59, 999'999)), utc(day(1969, 12, 31), clock(1, 2, 3))}, {}, {utc(day(2000, 1, 1), {})}};
    }
};

struct as_times : array_samples<time_of_day> {
    static constexpr std::string_view stem = "times";
    static std::vector<type> samples() { return {{clock(0, 0, 0), clock(23, 59, 59, 999'999)}, {}, {clock(12, 34, 56, 1)}}; }
};

struct as_intervals : array_samples<std::chrono::microseconds> {
    static constexpr std::string_view stem = "intervals";
    static std::vector<type> samples() {
        using namespace std::chrono_literals;
        return {{0us, 1us, -1us}, {}, {36h + 5min + 7s + 8us, -36h}, {24h * 400}};
    }
};

struct as_floats : array_samples<float> {
    static constexpr std::string_view stem = "floats";
    static std::vector<type> samples() { return {{0.1f, -2.5f, std::numeric_limits<float>::max()}, {}, {16'777'215.0f}}; }
};

struct as_unsigned : array_samples<std::uint64_t> {
    static constexpr std::string_view stem = "unsigned";
    static std::vector<type> samples() { return {{0, std::numeric_limits<std::uint64_t>::max()}, {}, {std::uint64_t{1} << 63}}; }
};

struct as_small_unsigned : array_samples<std::uint32_t> {
    static constexpr std::string_view stem = "small_unsigned";
    static std::vector<type> samples() { return {{0, std::numeric_limits<std::uint32_t>::max()}, {}, {1}}; }
};

struct as_enums : array_samples<suit> {
    static constexpr std::string_view stem = "enums";
    static std::vector<type> samples() { return {{suit::clubs, suit::quoted, suit::hearts}, {}, {suit::hearts}}; }
};

struct as_words : array_samples<word> {
    static constexpr std::string_view stem = "words";
    static std::vector<type> samples() { return {{{"one"}, {""}, {"größer, {it's} \"\\"}}, {}, {{"NULL"}}}; }
};

struct as_maybe_intervals : array_samples<std::optional<std::chrono::microseconds>> {
    static constexpr std::string_view stem = "maybe_intervals";
    static std::vector<type> samples() { return {{std::chrono::hours{-5}, std::nullopt}, {std::nullopt}}; }
};

struct as_maybe_enums : array_samples<std::optional<suit>> {
    static constexpr std::string_view stem = "maybe_enums";
    static std::vector<type> samples() { return {{suit::quoted, std::nullopt}, {std::nullopt}}; }
};

struct as_uuids : array_samples<uuid> {
    static constexpr std::string_view stem = "uuids";
    static std::vector<type> samples() { return {{uuid::parse("123e4567-e89b-12d3-a456-426614174000"), uuid{}}, {}}; }
};

struct as_maybe_integers : array_samples<std::optional<std::int32_t>> {
    static constexpr std::string_view stem = "maybe_integers";
    static std::vector<type> samples() { return {{1, std::nullopt, 3}, {std::nullopt}, {std::nullopt, std::nullopt}, {}, {7}}; }
};

struct as_maybe_texts : array_samples<std::optional<std::string>> {
    static constexpr std::string_view stem = "maybe_texts";
    static std::vector<type> samples() { return {{"a", std::nullopt, "NULL"}, {std::nullopt}, {"", std::nullopt}}; }
};

/// Every way in; a literal needs a column to say what an empty array is made of.
template <class As>
void travels(context& on) {
    traveller<As> to{on};
    const auto sent = to.rows_of(As::samples());
    to.bound(sent);
    to.prepared(sent);
    to.objects(sent);
    to.values(sent);
}

template <class As>
void literals_travel(context& on) {
    traveller<As> to{on};
    to.literals(to.rows_of(As::samples()));
}

void simple_literals(context& on) {
    literals_travel<as_integers>(on);
    literals_travel<as_booleans>(on);
    literals_travel<as_doubles>(on);
}

void complex_literals(context& on) {
    literals_travel<as_texts>(on);
    literals_travel<as_maybe_texts>(on);
    literals_travel<as_decimals>(on);
    literals_travel<as_timestamps>(on);
}

void more_literals(context& on) {
    literals_travel<as_instants>(on);
    literals_travel<as_times>(on);
    literals_travel<as_intervals>(on);
    literals_travel<as_floats>(on);
    literals_travel<as_unsigned>(on);
    literals_travel<as_enums>(on);
    literals_travel<as_maybe_enums>(on);
    literals_travel<as_words>(on);
}

template <class As>
void arrays_are_equal(context& on) {
    using row = kept<As>;
    on.make_table<row>();
    connection c = on.connect();
    const auto samples = As::samples();
    for (std::size_t i = 0; i < samples.size(); ++i)
        c.execute(insert<row>().set(col<&row::id>, static_cast<std::int64_t>(i)).set(col<&row::content>, samples[i]));
    for (std::size_t i = 0; i < samples.size(); ++i) {
        INFO("WHERE content = " << shown(samples[i]));
        CHECK(c.scalars(select(col<&row::id>).where(col<&row::content> == samples[i])) == std::vector{static_cast<std::int64_t>(i)});
    }
}

void are_found(context& on) {
    arrays_are_equal<as_integers>(on);
    arrays_are_equal<as_texts>(on);
    arrays_are_equal<as_maybe_integers>(on);
}

void long_array(context& on) {
    using row = kept<as_integers>;
    on.make_table<row>();
    connection c = on.connect();
    std::vector<std::int64_t> sent;
    for (std::int64_t i = 0; i < 100'000; ++i) sent.push_back(i * i);
    c.execute(insert<row>().set(col<&row::id>, 1).set(col<&row::content>, sent));
    CHECK((c.scalar(select(col<&row::content>)) == sent));
}

/// An element that does not fit is an error, not another number.
void elements_are_checked(context& on) {
    using row = kept<as_integers>;
    on.make_table<row>();
    connection c = on.connect();
    c.execute(insert<row>().set(col<&row::id>, 1).set(col<&row::content>, std::vector<std::int64_t>{70'000}));
    const auto read_as = [&]<class Element>(Element) {
        result r = c.execute(select_columns(std::vector{expr<value>{col<&row::content>.node()}}));
        REQUIRE(r.next());
        return r.get<std::vector<Element>>(0);
    };
    CHECK_THROWS_AS(read_as(std::int16_t{}), data_error);
    CHECK_THROWS_AS(read_as(date{}), data_error);
    CHECK(read_as(std::int32_t{}) == std::vector{70'000});
}

}  // namespace

std::vector<test_case> areas::types_parts::arrays() {
    return {
        {"types/array-of-integers", "arrays of 64-bit integers come back by every way", {}, &travels<as_integers>},
        {"types/array-of-small-integers", "arrays of 16-bit integers come back by every way", {}, &travels<as_small_integers>},
        {"types/array-of-texts", "arrays of texts, with quotes, commas and braces in them, come back by every way", {}, &travels<as_texts>},
        {"types/array-of-doubles", "arrays of doubles come back by every way", {}, &travels<as_doubles>},
        {"types/array-of-booleans", "arrays of booleans come back by every way", {}, &travels<as_booleans>},
        {"types/array-of-decimals", "arrays of decimals come back by every way", {}, &travels<as_decimals>},
        {"types/array-of-dates", "arrays of dates come back by every way", {}, &travels<as_dates>},
        {"types/array-of-timestamps", "arrays of timestamps come back by every way", {}, &travels<as_timestamps>},
        {"types/array-of-uuids", "arrays of UUIDs come back by every way", {}, &travels<as_uuids>},
        {"types/array-of-instants", "arrays of instants come back by every way", {}, &travels<as_instants>},
        {"types/array-of-times", "arrays of times come back by every way", {}, &travels<as_times>},
        {"types/array-of-intervals", "arrays of intervals come back by every way", {}, &travels<as_intervals>},
        {"types/array-of-floats", "arrays of floats come back by every way", {}, &travels<as_floats>},
        {"types/array-of-unsigned", "arrays of unsigned 64-bit integers come back by every way", {}, &travels<as_unsigned>},
        {"types/array-of-small-unsigned", "arrays of unsigned 32-bit integers come back by every way", {}, &travels<as_small_unsigned>},
        {"types/array-of-enums", "arrays of enumerations come back by every way", {}, &travels<as_enums>},
        {"types/array-of-own-type", "arrays of a type of the program's own come back by every way", {}, &travels<as_words>},
        {"types/array-of-intervals-with-nulls", "NULL elements of intervals come back by every way", {}, &travels<as_maybe_intervals>},
        {"types/array-of-enums-with-nulls", "NULL elements of enumerations come back by every way", {}, &travels<as_maybe_enums>},
        {"types/array-with-nulls", "NULL elements of integers come back by every way", {}, &travels<as_maybe_integers>},
        {"types/array-of-texts-with-nulls", "NULL elements are no texts, and the text NULL is no NULL", {}, &travels<as_maybe_texts>},
        {"types/array-literal-simple", "literals of integers, booleans and doubles", {}, &simple_literals},
        {"types/array-literal-complex", "literals of texts, NULLs, decimals and timestamps", {}, &complex_literals},
        {"types/array-literal-more",
         "literals of instants, times, intervals, floats, unsigned integers, enumerations and own types",
         {},
         &more_literals},
        {"types/array-equality", "an array is found by its value", {}, &are_found},
        {"types/array-long", "an array of 100,000 elements comes back", {}, &long_array},
        {"types/array-elements-checked", "an element that is not of the type asked for is an error", {}, &elements_are_checked},
    };
}

}  // namespace azoth::conformance
