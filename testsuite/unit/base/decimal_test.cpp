#include <azoth/base/decimal.hpp>

#include "../throws.hpp"

#include <boost/multiprecision/cpp_int.hpp>
#include <catch2/catch.hpp>

#include <cmath>
#include <limits>
#include <random>
#include <sstream>
#include <string>

using azoth::decimal;
using azoth::divide;
using azoth::to_string;
using rational = boost::multiprecision::cpp_rational;
using integer = boost::multiprecision::cpp_int;

namespace {

constexpr int max = decimal::max_digits;
const std::string nines(max, '9');

integer power(int exponent) { return boost::multiprecision::pow(integer{10}, static_cast<unsigned>(exponent)); }

/// The reference's reading of plain notation.
rational exact(const decimal& d) {
    std::string text = to_string(d);
    const bool negative = text.starts_with('-');
    if (negative) text.erase(0, 1);
    const auto point = text.find('.');
    int scale = 0;
    if (point != std::string::npos) {
        scale = static_cast<int>(text.size() - point - 1);
        text.erase(point, 1);
    }
    text.erase(0, std::min(text.find_first_not_of('0'), text.size() - 1));  // a leading 0 would mean octal
    const rational magnitude{integer{text}, power(scale)};
    return negative ? rational{-magnitude} : magnitude;
}

/// Whether some decimal can hold the number.
bool fits(const rational& r) {
    for (int scale = 0; scale <= max; ++scale) {
        const rational scaled = r * power(scale);
        if (denominator(scaled) == 1) return abs(numerator(scaled)) < power(max);
    }
    return false;
}

/// The reference's rounding: half away from zero.
rational rounded(const rational& r, int scale) {
    const rational scaled = abs(r) * power(scale) + rational{1, 2};
    const rational cut{integer{numerator(scaled) / denominator(scaled)}, power(scale)};
    return r < 0 ? rational{-cut} : cut;
}

class numbers {
public:
    std::string text(int most_digits = max) {
        const int digits = 1 + static_cast<int>(random_() % static_cast<unsigned>(most_digits));
        const int scale = static_cast<int>(random_() % static_cast<unsigned>(digits + 1));
        std::string t;
        for (int i = 0; i < digits; ++i) t += random_() % 4 == 0 ? (random_() % 2 ? '0' : '9') : static_cast<char>('0' + random_() % 10);
        if (scale > 0) t.insert(t.size() - static_cast<std::size_t>(scale), scale == digits ? "0." : ".");
        return (random_() % 2 ? "-" : "") + t;
    }
    decimal number(int most_digits = max) { return decimal::parse(text(most_digits)); }
    std::mt19937& random() { return random_; }

private:
    std::mt19937 random_{65};
};

}  // namespace

TEST_CASE("decimal: reads and prints, keeping the scale") {
    const std::pair<const char*, const char*> cases[] = {
        {"0", "0"},
        {"-0", "0"},
        {"+0", "0"},
        {"0.00", "0.00"},
        {"-0.00", "0.00"},
        {"1", "1"},
        {"+1", "1"},
        {"-1", "-1"},
        {"007", "7"},
        {"1.50", "1.50"},
        {"0.05", "0.05"},
        {"-0.05", "-0.05"},
        {"00.5", "0.5"},
        {"1e3", "1000"},
        {"1E3", "1000"},
        {"1e+3", "1000"},
        {"1.5e1", "15"},
        {"1.25e1", "12.5"},
        {"1e-3", "0.001"},
        {"12e-1", "1.2"},
        {"-1e-2", "-0.01"},
        {"0e5", "0"},
        {"0e-5", "0.00000"},
        {"0.0e1", "0"},
        {"100e-2", "1.00"},
        {"18446744073709551615", "18446744073709551615"},
        {"18446744073709551616", "18446744073709551616"},
        {"9999999999999999999", "9999999999999999999"},
    };
    for (const auto& [text, printed] : cases) {
        INFO(text);
        CHECK(to_string(decimal::parse(text)) == printed);
    }
}

TEST_CASE("decimal: what is no number is refused") {
    for (const char* text :
         {"",    "-",     "+",  ".",  ".5",    "5.",  "1.",   "--1", "+-1", "1..2", "1.2.3",    "e5", "1e",       "1e+",
          "1e-", "1e1.5", " 1", "1 ", "1_000", "1,5", "0x10", "NaN", "nan", "inf",  "Infinity", "1f", "\xd9\xa1", "1\n"}) {
        INFO(text);
        CHECK_ERROR(decimal::parse(text), "value-format", "is not a decimal number");
    }
    CHECK_ERROR(decimal::parse(std::string_view{"1\0", 2}), "value-format", "is not a decimal number");
}

TEST_CASE("decimal: 65 digits and no more") {
    CHECK(to_string(decimal::parse(nines)) == nines);
    CHECK(to_string(decimal::parse("-" + nines)) == "-" + nines);
    CHECK(to_string(decimal::parse("0." + nines)) == "0." + nines);
    CHECK(to_string(decimal::parse("1e64")) == "1" + std::string(64, '0'));
    CHECK(to_string(decimal::parse("1e-65")) == "0." + std::string(64, '0') + "1");
    CHECK(to_string(decimal::parse(std::string(500, '0') + nines)) == nines);

    CHECK_ERROR(decimal::parse(nines + "0"), "value-range", "65 digits");
    CHECK_ERROR(decimal::parse(nines + ".9"), "value-range", "65 digits");
    CHECK_ERROR(decimal::parse("0." + nines + "9"), "value-range", "65 digits");
    CHECK_ERROR(decimal::parse("1e65"), "value-range", "65 digits");
    CHECK_ERROR(decimal::parse("1e-66"), "value-range", "65 digits");
    CHECK_ERROR(decimal::parse("1e400"), "value-range", "65 digits");
    CHECK_ERROR(decimal::parse("1e-400"), "value-range", "65 digits");
    CHECK_ERROR(decimal::parse("1e99999999999999999999"), "value-range", "65 digits");
}

TEST_CASE("decimal: zeros at the end of a fraction do not count where there are too many digits") {
    CHECK(decimal::parse("1." + std::string(65, '0')) == decimal{1});
    CHECK(decimal::parse("1." + std::string(65, '0')).scale() == 64);
    CHECK(decimal::parse(nines + ".0000") == decimal::parse(nines));
    CHECK(decimal::parse("0." + nines + "000") == decimal::parse("0." + nines));
    CHECK(to_string(decimal::parse("10e-66")) == "0." + std::string(64, '0') + "1");
    CHECK(to_string(decimal::parse("0." + std::string(80, '0'))) == "0." + std::string(65, '0'));
    CHECK(decimal::parse("0e-100000").is_zero());
    CHECK(decimal::parse("0e100000").is_zero());
    // A whole number's zeros do count.
    CHECK_ERROR(decimal::parse("1" + std::string(65, '0')), "value-range", "65 digits");
}

TEST_CASE("decimal: a huge exponent cannot be met by many digits") {
    const std::string many(100'000, '0');
    CHECK(decimal::parse("0." + many.substr(1) + "1e100000") == decimal{1});
    CHECK_ERROR(decimal::parse("0." + many.substr(1) + "1e999999"), "value-range", "digits");
    CHECK_ERROR(decimal::parse("1" + many + "e-999999"), "value-range", "digits");
    CHECK(decimal::parse("1" + many + "e-100000") == decimal{1});
    CHECK(decimal::parse("0." + many + many + "1e200001") == decimal{1});
}

TEST_CASE("decimal: a long text is not repeated whole in the message") {
    const std::string message = azoth::test::error_of([] { decimal::parse(std::string(100'000, '7')); });
    CHECK(message.size() < 300);
    CHECK(azoth::test::error_of([] { decimal::parse(std::string(100'000, 'x')); }).size() < 300);
}

TEST_CASE("decimal: from integers") {
    CHECK(to_string(decimal{}) == "0");
    CHECK(to_string(decimal{std::numeric_limits<std::int64_t>::min()}) == "-9223372036854775808");
    CHECK(to_string(decimal{std::numeric_limits<std::uint64_t>::max()}) == "18446744073709551615");
    CHECK(to_string(decimal{1250, 2}) == "12.50");
    CHECK(to_string(decimal{-5, 3}) == "-0.005");
    CHECK(to_string(decimal{0, 2}) == "0.00");
    CHECK_FALSE(decimal(0, 2).is_negative());
    CHECK(to_string(decimal{std::numeric_limits<std::int64_t>::min(), 65}) == "-0." + std::string(46, '0') + "9223372036854775808");
    CHECK_ERROR((decimal{1, -1}), "value-range", "-1");
    CHECK_ERROR((decimal{1, 66}), "value-range", "66");
}

TEST_CASE("decimal: scale, precision and normal form") {
    const auto look = [](const char* text) {
        const decimal d = decimal::parse(text);
        return std::pair{d.precision(), d.scale()};
    };
    CHECK(look("0") == std::pair{1, 0});
    CHECK(look("0.000") == std::pair{1, 3});
    CHECK(look("12.50") == std::pair{4, 2});
    CHECK(look("0.05") == std::pair{1, 2});
    CHECK(look("1000") == std::pair{4, 0});
    CHECK(decimal::parse(nines).precision() == 65);
    CHECK(decimal::parse("18446744073709551616").precision() == 20);
    CHECK(to_string(decimal::parse("12.500").normalized()) == "12.5");
    CHECK(to_string(decimal::parse("1200.00").normalized()) == "1200");
    CHECK(to_string(decimal::parse("0.000").normalized()) == "0");
    CHECK(to_string(decimal::parse("-0.10").normalized()) == "-0.1");
}

TEST_CASE("decimal: text to number to text, at random") {
    numbers make;
    for (int i = 0; i < 20'000; ++i) {
        const decimal d = make.number();
        const std::string text = to_string(d);
        const decimal again = decimal::parse(text);
        REQUIRE(to_string(again) == text);
        REQUIRE(again == d);
        REQUIRE(again.scale() == d.scale());
    }
}

TEST_CASE("decimal: arithmetic agrees with exact fractions") {
    numbers make;
    int too_large = 0;
    const auto check = [&](const decimal& a, const decimal& b, const rational& expected, auto&& operation) {
        if (fits(expected)) {
            REQUIRE(exact(operation(a, b)) == expected);
        } else {
            ++too_large;
            REQUIRE(azoth::test::code_of([&] { operation(a, b); }) == "value-range");
        }
    };
    for (int i = 0; i < 4000; ++i) {
        const decimal a = make.number(i % 3 ? 30 : max);
        const decimal b = make.number(i % 2 ? 30 : max);
        INFO(to_string(a) << " and " << to_string(b));
        check(a, b, exact(a) + exact(b), [](const auto& x, const auto& y) { return x + y; });
        check(a, b, exact(a) - exact(b), [](const auto& x, const auto& y) { return x - y; });
        check(a, b, exact(a) * exact(b), [](const auto& x, const auto& y) { return x * y; });
        REQUIRE(exact(-a) == -exact(a));
        REQUIRE((a <=> b) == (exact(a) < exact(b)   ? std::strong_ordering::less
                              : exact(a) > exact(b) ? std::strong_ordering::greater
                                                    : std::strong_ordering::equal));
        REQUIRE((a == b) == (exact(a) == exact(b)));
    }
    CHECK(too_large > 1000);
    CHECK(too_large < 8000);
}

TEST_CASE("decimal: division rounds half away from zero") {
    numbers make;
    int too_large = 0;
    for (int i = 0; i < 4000; ++i) {
        const decimal a = make.number(i % 2 ? 30 : max);
        const decimal b = make.number(i % 3 ? 10 : max);
        if (b.is_zero()) continue;
        const int scale = static_cast<int>(make.random()() % (max + 1));
        INFO(to_string(a) << " / " << to_string(b) << " to " << scale);
        const rational expected = rounded(exact(a) / exact(b), scale);
        if (fits(expected)) {
            const decimal q = divide(a, b, scale);
            REQUIRE(exact(q) == expected);
            REQUIRE(q.scale() <= scale);
        } else {
            ++too_large;
            REQUIRE(azoth::test::code_of([&] { divide(a, b, scale); }) == "value-range");
        }
    }
    CHECK(too_large > 100);
    CHECK(to_string(divide(1, 2, 0)) == "1");
    CHECK(to_string(divide(-1, 2, 0)) == "-1");
    CHECK(to_string(divide(1, 3, 5)) == "0.33333");
    CHECK(to_string(divide(2, 3, 5)) == "0.66667");
    CHECK(to_string(divide(-1, 3, 0)) == "0");
    CHECK_FALSE(divide(-1, 3, 0).is_negative());
    // The widest steps in between: 65 digits divided by 10^-65, and a quotient of one digit.
    CHECK_ERROR(divide(decimal::parse(nines), decimal::parse("1e-65"), 65), "value-range", "65 digits");
    CHECK(divide(decimal::parse("1e-65"), decimal::parse(nines), 65).is_zero());
    CHECK(divide(decimal::parse(nines), decimal::parse(nines), 64) == decimal{1});
    CHECK_ERROR(divide(1, 0, 2), "division-by-zero", "1 divided by zero");
    CHECK_ERROR(divide(1, decimal::parse("0.00"), 2), "division-by-zero", "zero");
    CHECK_ERROR(divide(1, 2, 66), "value-range", "66");
    CHECK_ERROR(divide(1, 2, -1), "value-range", "-1");
}

TEST_CASE("decimal: rescaling rounds half away from zero, and pads") {
    const std::tuple<const char*, int, const char*> cases[] = {
        {"2.5", 0, "3"},    {"-2.5", 0, "-3"},  {"2.4999", 0, "2"},  {"-2.4999", 0, "-2"}, {"0.5", 0, "1"},      {"-0.5", 0, "-1"},
        {"0.4", 0, "0"},    {"-0.4", 0, "0"},   {"9.99", 1, "10.0"}, {"1.005", 2, "1.01"}, {"1.5", 4, "1.5000"}, {"0", 3, "0.000"},
        {"-7", 2, "-7.00"}, {"1.45", 1, "1.5"}, {"1.25", 1, "1.3"},  {"-1.25", 1, "-1.3"},
    };
    for (const auto& [text, scale, expected] : cases) {
        INFO(text);
        CHECK(to_string(decimal::parse(text).rescaled(scale)) == expected);
    }
    numbers make;
    for (int i = 0; i < 5000; ++i) {
        const decimal d = make.number();
        const int scale = static_cast<int>(make.random()() % (max + 1));
        INFO(to_string(d) << " to " << scale);
        const rational expected = rounded(exact(d), scale);
        if (abs(numerator(rational{expected * power(scale)})) < power(max)) {
            REQUIRE(exact(d.rescaled(scale)) == expected);
            REQUIRE(d.rescaled(scale).scale() == scale);
        } else {
            REQUIRE(azoth::test::code_of([&] { (void)d.rescaled(scale); }) == "value-range");
        }
    }
    CHECK_ERROR(decimal::parse(nines).rescaled(1), "value-range", "65 digits");
    CHECK_ERROR(decimal{1}.rescaled(65), "value-range", "65 digits");
    CHECK_ERROR(decimal{1}.rescaled(66), "value-range", "66");
    CHECK_ERROR(decimal{1}.rescaled(-1), "value-range", "-1");
}

TEST_CASE("decimal: equality looks at the number, not at its zeros") {
    CHECK(decimal::parse("1.50") == decimal::parse("1.5"));
    CHECK(decimal::parse("0.0") == decimal{0});
    CHECK(decimal::parse("-0") == decimal{0});
    CHECK(decimal{-1} < decimal{0});
    CHECK(decimal::parse("-1.1") < decimal::parse("-1.09"));
    CHECK(decimal::parse("10.5") > decimal::parse("9.25"));
    CHECK(decimal::parse(nines) > decimal::parse("0." + nines));
    CHECK(decimal::parse("-" + nines) < decimal::parse("-0." + nines));
    CHECK(decimal{2} == 2);
    CHECK(decimal{2} > 1u);
}

TEST_CASE("decimal: sums at the limit") {
    CHECK_ERROR(decimal::parse(nines) + 1, "value-range", "65 digits");
    CHECK_ERROR(-decimal::parse(nines) - 1, "value-range", "65 digits");
    CHECK(decimal::parse(nines) - decimal::parse(nines) == 0);
    CHECK_ERROR(decimal{1} + decimal::parse("1e-65"), "value-range", "round it first");
    CHECK_ERROR(decimal::parse("1e-33") * decimal::parse("1e-33"), "value-range", "65 digits");
    CHECK(to_string(decimal::parse("0.50") * 2) == "1.00");
    CHECK(to_string(decimal::parse("5e-33") * decimal::parse("2e-33")) == "0." + std::string(64, '0') + "1");
    CHECK_FALSE((decimal{-1} + 1).is_negative());
    CHECK_FALSE((decimal{-1} * 0).is_negative());
}

TEST_CASE("decimal: to 64-bit integers, exactly or not at all") {
    CHECK(decimal::parse("9223372036854775807").to_int64() == std::numeric_limits<std::int64_t>::max());
    CHECK(decimal::parse("-9223372036854775808").to_int64() == std::numeric_limits<std::int64_t>::min());
    CHECK(decimal::parse("-9223372036854775808.000").to_int64() == std::numeric_limits<std::int64_t>::min());
    CHECK(decimal::parse("18446744073709551615").to_uint64() == std::numeric_limits<std::uint64_t>::max());
    CHECK(decimal::parse("-0.0").to_uint64() == 0);
    CHECK(decimal::parse("42.000").to_int64() == 42);
    CHECK_ERROR(decimal::parse("9223372036854775808").to_int64(), "value-range", "does not fit");
    CHECK_ERROR(decimal::parse("-9223372036854775809").to_int64(), "value-range", "does not fit");
    CHECK_ERROR(decimal::parse("18446744073709551616").to_uint64(), "value-range", "does not fit");
    CHECK_ERROR(decimal::parse("36893488147419103232").to_uint64(), "value-range", "does not fit");  // 2^65: the low limb is 0
    CHECK_ERROR(decimal::parse("-1").to_uint64(), "value-range", "negative");
    CHECK_ERROR(decimal::parse("0.5").to_int64(), "value-range", "fraction");
    CHECK_ERROR(decimal::parse(nines).to_int64(), "value-range", "does not fit");
}

TEST_CASE("decimal: from and to double") {
    CHECK(to_string(decimal::from_double(0.1)) == "0.1");
    CHECK(to_string(decimal::from_double(-0.0)) == "0");
    CHECK(to_string(decimal::from_double(1e22)) == "10000000000000000000000");
    CHECK(to_string(decimal::from_double(9007199254740993.0)) == "9007199254740992");
    CHECK(to_string(decimal::from_double(1e-7)) == "0.0000001");
    CHECK_ERROR(decimal::from_double(std::nan("")), "value-range", "nan");
    CHECK_ERROR(decimal::from_double(-std::numeric_limits<double>::infinity()), "value-range", "-inf");
    CHECK_ERROR(decimal::from_double(1e65), "value-range", "digits");
    CHECK_ERROR(decimal::from_double(5e-324), "value-range", "digits");
    CHECK(decimal::parse("0.1").to_double() == 0.1);
    CHECK(decimal::parse("9007199254740993").to_double() == 9007199254740992.0);  // the nearest, half to even
    CHECK(decimal::parse("9007199254740995").to_double() == 9007199254740996.0);
    CHECK(decimal::parse(nines).to_double() == 1e65);
    CHECK(decimal::parse("1e-65").to_double() == 1e-65);
    std::mt19937_64 random{3};
    for (int i = 0; i < 20'000; ++i) {
        const double d = std::ldexp(static_cast<double>(static_cast<std::int64_t>(random())), static_cast<int>(random() % 120) - 130);
        const std::string text = azoth::test::error_of([&] { REQUIRE(decimal::from_double(d).to_double() == d); });
        REQUIRE((text == "nothing" || text.starts_with("value-range")));
    }
}
