// Arrays of one type: native where the database has them, JSON elsewhere; a program sees no difference.
#include "moments.hpp"
#include "travel.hpp"
#include "types_parts.hpp"

#include <limits>

namespace azoth::conformance {
namespace {

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
        {"types/array-with-nulls", "NULL elements of integers come back by every way", {}, &travels<as_maybe_integers>},
        {"types/array-of-texts-with-nulls", "NULL elements are no texts, and the text NULL is no NULL", {}, &travels<as_maybe_texts>},
        {"types/array-literal-simple", "literals of integers, booleans and doubles", {}, &simple_literals},
        {"types/array-literal-complex", "literals of texts, NULLs, decimals and timestamps", {}, &complex_literals},
        {"types/array-equality", "an array is found by its value", {}, &are_found},
        {"types/array-long", "an array of 100,000 elements comes back", {}, &long_array},
        {"types/array-elements-checked", "an element that is not of the type asked for is an error", {}, &elements_are_checked},
    };
}

}  // namespace azoth::conformance
