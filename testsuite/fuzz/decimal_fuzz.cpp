// Decimals: what is read prints and reads again as the same number, and arithmetic keeps its laws.
#include <azoth/base/decimal.hpp>
#include <azoth/base/error.hpp>

#include <charconv>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>

using azoth::decimal;

namespace {

void require(bool holds) {
    if (!holds) std::abort();
}

std::optional<decimal> read(std::string_view text) {
    try {
        return decimal::parse(text);
    } catch (const azoth::data_error& e) {
        require(std::string_view{e.what()}.size() < 300);
        return std::nullopt;
    }
}

/// The result, or nothing where it needs too many digits.
template <class F>
std::optional<decimal> result(const F& f) {
    try {
        return f();
    } catch (const azoth::data_error&) {
        return std::nullopt;
    }
}

void check_number(std::string_view text, const decimal& d) {
    const std::string printed = to_string(d);
    require(printed.size() <= decimal::max_digits + 3);
    require(d.scale() >= 0 && d.scale() <= decimal::max_digits);
    require(d.precision() >= 1 && d.precision() <= decimal::max_digits);
    require(!(d.is_zero() && d.is_negative()));
    const decimal again = decimal::parse(printed);
    require(again == d && again.scale() == d.scale() && to_string(again) == printed);
    require(d.normalized() == d);
    // The number that the standard library reads, where it can: it takes no sign "+", and has a smaller range.
    if (text.starts_with('+')) text.remove_prefix(1);
    double expected = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), expected);
    if (problem == std::errc{}) require(end == text.data() + text.size() && std::abs(d.to_double()) == std::abs(expected));
}

void check_pair(const decimal& a, const decimal& b) {
    const auto sum = result([&] { return a + b; });
    require(sum == result([&] { return b + a; }));
    if (sum)
        if (const auto back = result([&] { return *sum - b; })) require(*back == a);
    const auto product = result([&] { return a * b; });
    require(product == result([&] { return b * a; }));
    if (product && !b.is_zero())
        if (const auto back = result([&] { return divide(*product, b, a.scale()); })) require(*back == a);
    require((a < b) == (b > a) && (a == b) == (b == a) && (a < b) + (a > b) + (a == b) == 1);
    require((-a < -b) == (b < a));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text{reinterpret_cast<const char*>(data), size};
    const auto middle = std::min(text.find(' '), text.size());
    const auto first = text.substr(0, middle);
    const auto a = read(first);
    if (a) check_number(first, *a);
    if (middle == text.size()) return 0;
    const auto b = read(text.substr(middle + 1));
    if (a && b) check_pair(*a, *b);
    return 0;
}
