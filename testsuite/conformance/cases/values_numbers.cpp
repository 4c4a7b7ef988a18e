// Where numbers end: the smallest and largest of each width, what is no number, decimals of 65 digits.
#include "claims.hpp"
#include "travel.hpp"
#include "values_parts.hpp"

#include <algorithm>
#include <limits>

namespace azoth::conformance {
namespace {

template <class I>
struct integer_edges {
    using type = I;
    inline static const std::string stem = std::string{std::is_signed_v<I> ? "edges_int" : "edges_uint"} + std::to_string(sizeof(I) * 8);
    static std::vector<I> samples() {
        using limits = std::numeric_limits<I>;
        const I half = static_cast<I>(limits::max() / 2);  // of an unsigned one: the largest of its signed brother
        return {limits::min(), static_cast<I>(limits::min() + 1), 0, 1, half, static_cast<I>(half + 1), static_cast<I>(limits::max() - 1),
                limits::max()};
    }
};

template <class F>
struct real_edges {
    using type = F;
    static constexpr std::string_view stem = sizeof(F) == 4 ? "edges_real" : "edges_double";
    static std::vector<F> samples() {
        using limits = std::numeric_limits<F>;
        const F whole = static_cast<F>(std::int64_t{1} << limits::digits);  // the next odd number has no exact form
        return {limits::max(),
                limits::lowest(),
                limits::min(),
                -limits::min(),
                limits::denorm_min(),
                limits::epsilon(),
                1 + limits::epsilon(),
                1 - limits::epsilon() / 2,
                whole,
                whole - 1,
                static_cast<F>(1) / 3,
                static_cast<F>(0.1),
                std::nextafter(static_cast<F>(0.1), F{1})};
    }
};

template <class F>
struct not_a_number {
    using type = F;
    static constexpr bool is_searchable = false;
    static constexpr std::string_view stem = sizeof(F) == 4 ? "nan_real" : "nan_double";
    static std::vector<F> samples() { return {std::numeric_limits<F>::quiet_NaN(), F{1}}; }
};

template <class F>
struct infinities {
    using type = F;
    static constexpr std::string_view stem = sizeof(F) == 4 ? "infinite_real" : "infinite_double";
    static std::vector<F> samples() {
        return {std::numeric_limits<F>::infinity(), -std::numeric_limits<F>::infinity(), std::numeric_limits<F>::max()};
    }
};

template <class As>
void travels_one_by_one(context& on) {
    traveller<As> to{on};
    const auto sent = to.rows_of(As::samples());
    to.bound(sent);
    to.prepared(sent);
}

template <class As>
void literals_travel(context& on) {
    traveller<As> to{on};
    to.literals(to.rows_of(As::samples()));
}

/// The sign may go, as it does in some databases; the number is zero, and found by zero.
void negative_zero(context& on) {
    const table t = on.make_table("zero", {column("id", type_kind::integer, primary_key, not_generated),
                                           column("x", type_kind::double_, not_null), column("f", type_kind::real, not_null)});
    connection c = on.connect();
    c.execute(insert(t).set(t["id"], 1).set(t["x"], -0.0).set(t["f"], -0.0f));
    c.execute(insert(t).set(t["id"], 2).set(t["x"], literal(-0.0)).set(t["f"], literal(-0.0f)));
    const std::vector<std::vector<value>> more{{value{3}, value{-0.0}, value{-0.0f}}};
    c.execute(insert(t).columns(t["id"], t["x"], t["f"]), more);
    const auto x = t.column<double>("x");
    const auto f = t.column<float>("f");
    CHECK(c.execute(select(x, f)).all() == std::vector(3, std::tuple{0.0, 0.0f}));
    CHECK(c.scalar(select(func::count()).select_from(t).where(x == 0.0, x == -0.0, f == 0.0f)) == 3);
    CHECK(c.scalar(select(func::count_distinct(x))) == 1);
}

/// Beyond the signed range: order, sums and comparisons see the number, not its bits.
void large_unsigned_are_numbers(context& on) {
    using row = kept<integer_edges<std::uint64_t>>;
    on.make_table<row>();
    connection c = on.connect();
    const auto max = std::numeric_limits<std::uint64_t>::max();
    const std::vector<std::uint64_t> sent{max, 9, std::uint64_t{1} << 63, 10, (std::uint64_t{1} << 63) - 1};
    for (std::size_t i = 0; i < sent.size(); ++i)
        c.execute(insert<row>().set(col<&row::id>, static_cast<std::int64_t>(i)).set(col<&row::content>, sent[i]));
    const auto content = col<&row::content>;
    CHECK(c.scalars(select(col<&row::id>).order_by(content)) == std::vector<std::int64_t>{1, 3, 4, 2, 0});
    CHECK(c.scalars(select(col<&row::id>).where(content > (std::uint64_t{1} << 63)).order_by(content)) == std::vector<std::int64_t>{0});
    CHECK(c.scalars(select(col<&row::id>).where(content.in({max, std::uint64_t{9}})).order_by(content)) == std::vector<std::int64_t>{1, 0});
    CHECK(c.scalar(select(func::max(content))) == max);
    CHECK(c.scalar(select(func::min(content))) == 9u);
}

std::string digits(std::size_t whole, std::size_t fraction) {
    std::string text;
    for (std::size_t i = 0; i < whole; ++i) text += static_cast<char>('1' + i % 9);
    if (whole == 0) text += '0';
    if (fraction > 0) text += '.';
    for (std::size_t i = 0; i < fraction; ++i) text += static_cast<char>('9' - i % 9);
    return text;
}

std::vector<decimal> both_signs(std::initializer_list<std::string> texts) {
    std::vector<decimal> all;
    for (const auto& t : texts) {
        all.push_back(decimal::parse(t));
        all.push_back(-decimal::parse(t));
    }
    return all;
}

/// As many digits as a decimal has, and as many after the point as MySQL takes.
template <std::size_t Precision, std::size_t Scale>
struct decimal_edges {
    using type = decimal;
    inline static const std::string stem = "decimal_" + std::to_string(Precision) + "_" + std::to_string(Scale);
    static azoth::type column() { return numeric(static_cast<std::uint16_t>(Precision), static_cast<std::uint16_t>(Scale)); }
    static std::vector<decimal> samples() {
        constexpr std::size_t whole = Precision - Scale;
        const std::string least = Scale == 0 ? "1" : "0." + std::string(Scale - 1, '0') + "1";
        std::string most = whole == 0 ? "0" : std::string(whole, '9');
        if constexpr (Scale > 0) most += "." + std::string(Scale, '9');
        return both_signs({most, digits(whole, Scale), least, "0." + std::string(std::max<std::size_t>(Scale, 1), '0')});
    }
};

template <template <class> class Edges, class T>
constexpr auto every_way = &travels_every_way<Edges<T>>;

}  // namespace

std::vector<test_case> areas::values_parts::numbers() {
    using claims::infinite_values;
    using claims::nan_values;
    return {
        {"values/int16-edges", "the smallest and the largest 16-bit integers travel every way", {}, every_way<integer_edges, std::int16_t>},
        {"values/int32-edges", "the smallest and the largest 32-bit integers travel every way", {}, every_way<integer_edges, std::int32_t>},
        {"values/int64-edges", "the smallest and the largest 64-bit integers travel every way", {}, every_way<integer_edges, std::int64_t>},
        {"values/uint16-edges", "0 to 65,535 travel every way", {}, every_way<integer_edges, std::uint16_t>},
        {"values/uint32-edges", "0 to 4,294,967,295 travel every way", {}, every_way<integer_edges, std::uint32_t>},
        {"values/uint64-edges", "0 to 2^64-1 travel every way", claims::wide_decimals, every_way<integer_edges, std::uint64_t>},
        {"values/uint64-order", "numbers beyond 2^63 are ordered and compared as numbers", claims::wide_decimals,
         &large_unsigned_are_numbers},
        {"values/double-edges",
         "the smallest and the largest doubles travel every way, to the last bit",
         {},
         every_way<real_edges, double>},
        {"values/real-edges", "the smallest and the largest floats travel every way, to the last bit", {}, every_way<real_edges, float>},
        {"values/negative-zero", "-0.0 is zero, and found by it", {}, &negative_zero},
        {"values/nan-double", "a double can be NaN", nan_values, &travels_one_by_one<not_a_number<double>>},
        {"values/nan-double-in-batch", "... in a batch too", nan_values, &comes_back_from_batch<not_a_number<double>>},
        {"values/nan-real", "a float can be NaN", nan_values, &travels_one_by_one<not_a_number<float>>},
        {"values/infinite-double", "a double can be infinite, and is found", infinite_values, &travels_one_by_one<infinities<double>>},
        {"values/infinite-double-in-batch", "... in a batch too", infinite_values, &comes_back_from_batch<infinities<double>>},
        {"values/infinite-real", "a float can be infinite, and is found", infinite_values, &travels_one_by_one<infinities<float>>},
        {"values/nan-literal", "NaN can be written as a literal", nan_values, &literals_travel<not_a_number<double>>},
        {"values/infinite-literal", "infinities can be written as literals", infinite_values, &literals_travel<infinities<double>>},
        {"values/infinite-real-literal", "... of floats too", infinite_values, &literals_travel<infinities<float>>},
        {"values/decimal-65-digits", "decimals of 65 digits, 30 after the point, travel every way", claims::wide_decimals,
         &travels_every_way<decimal_edges<65, 30>>},
        {"values/decimal-65-whole-digits", "decimals of 65 digits before the point travel every way", claims::wide_decimals,
         &travels_every_way<decimal_edges<65, 0>>},
        {"values/decimal-all-fraction", "decimals of 30 digits after the point and none before travel every way", claims::wide_decimals,
         &travels_every_way<decimal_edges<30, 30>>},
        {"values/decimal-15-digits",
         "decimals of as many digits as a double holds travel every way",
         {},
         &travels_every_way<decimal_edges<15, 4>>},
        {"values/decimal-16-digits", "decimals of one digit more travel every way", {}, &travels_every_way<decimal_edges<16, 5>>},
        {"values/decimal-1-digit", "decimals of one digit travel every way", {}, &travels_every_way<decimal_edges<1, 0>>},
    };
}

}  // namespace azoth::conformance
