#include <azoth/base/decimal.hpp>
#include <azoth/base/error.hpp>
#include <azoth/base/utf8.hpp>

#include "decimal_access.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>

namespace azoth {
namespace {

constexpr int digits_in_64_bits = 19;

[[noreturn]] void refuse(std::string_view text) {
    throw_error(errc::value_format, fmt::format("\"{}\" is not a decimal number: write digits such as -12.50", utf8_prefix(text, 80)));
}

[[noreturn]] void refuse_size(std::string_view text) {
    throw_error(errc::value_range,
                fmt::format("{} needs more than the {} digits that a decimal has", utf8_prefix(text, 120), decimal::max_digits));
}

/// The parts of a number's text.
struct spelling {
    bool negative{};
    std::string_view whole{};
    std::string_view fraction{};
    std::int64_t exponent{};
};

std::string_view take_digits(std::string_view& rest) {
    std::size_t n = 0;
    while (n < rest.size() && rest[n] >= '0' && rest[n] <= '9') ++n;
    const auto digits = rest.substr(0, n);
    rest.remove_prefix(n);
    return digits;
}

bool take(std::string_view& rest, char c) {
    if (!rest.starts_with(c)) return false;
    rest.remove_prefix(1);
    return true;
}

std::int64_t take_exponent(std::string_view& rest) {
    const bool negative = take(rest, '-');
    if (!negative) take(rest, '+');
    const auto digits = take_digits(rest);
    if (digits.empty()) rest = "?";  // refused by the caller
    std::int64_t exponent = 0;
    // Far beyond any text's length, so that no digits in memory can make up for what is cut off, and far from overflow.
    for (const char c : digits) exponent = std::min(std::int64_t{1} << 56, exponent * 10 + (c - '0'));
    return negative ? -exponent : exponent;
}

spelling read_spelling(std::string_view text) {
    spelling s;
    std::string_view rest = text;
    s.negative = take(rest, '-');
    if (!s.negative) take(rest, '+');
    s.whole = take_digits(rest);
    if (s.whole.empty()) refuse(text);
    if (take(rest, '.')) {
        s.fraction = take_digits(rest);
        if (s.fraction.empty()) refuse(text);
    }
    if (take(rest, 'e') || take(rest, 'E')) s.exponent = take_exponent(rest);
    if (!rest.empty()) refuse(text);
    return s;
}

/// All digits without leading zeros; their value times 10^-scale is the number.
std::string significant(const spelling& s) {
    std::string digits{s.whole};
    digits += s.fraction;
    digits.erase(0, std::min(digits.find_first_not_of('0'), digits.size()));
    return digits;
}

decimal build(std::string_view text, std::string digits, std::int64_t scale, bool negative) {
    constexpr std::int64_t max = decimal::max_digits;
    if (digits.empty()) return decimal_access::make_small(0, static_cast<int>(std::clamp<std::int64_t>(scale, 0, max)), false);
    while (scale > decimal::max_digits && digits.back() == '0') {
        digits.pop_back();
        --scale;
    }
    if (scale < 0 && digits.size() + static_cast<std::size_t>(-scale) <= decimal::max_digits) {
        digits.append(static_cast<std::size_t>(-scale), '0');
        scale = 0;
    }
    while (scale > 0 && digits.size() > decimal::max_digits && digits.back() == '0') {
        digits.pop_back();
        --scale;
    }
    if (scale < 0 || scale > decimal::max_digits || digits.size() > decimal::max_digits) refuse_size(text);
    if (digits.size() <= digits_in_64_bits) return decimal_access::make_small(std::stoull(digits), static_cast<int>(scale), negative);
    return decimal_access::make(wide_integer{digits}, static_cast<int>(scale), negative);
}

}  // namespace

decimal decimal::parse(std::string_view text) {
    const spelling s = read_spelling(text);
    return build(text, significant(s), static_cast<std::int64_t>(s.fraction.size()) - s.exponent, s.negative);
}

std::string to_string(const decimal& value) {
    std::string digits =
        decimal_access::is_small(value) ? fmt::format("{}", decimal_access::low(value)) : decimal_access::magnitude(value).str();
    const auto scale = static_cast<std::size_t>(value.scale());
    if (scale > 0) {
        if (digits.size() <= scale) digits.insert(0, scale + 1 - digits.size(), '0');
        digits.insert(digits.size() - scale, 1, '.');
    }
    if (value.is_negative()) digits.insert(digits.begin(), '-');
    return digits;
}

}  // namespace azoth
