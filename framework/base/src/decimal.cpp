#include <azoth/base/decimal.hpp>

#include <azoth/base/error.hpp>

#include "decimal_access.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>

namespace azoth {
namespace {

using access = decimal_access;

void check_scale(int scale) {
    if (scale < 0 || scale > decimal::max_digits)
        throw_error(errc::value_range,
                    fmt::format("a decimal cannot have {} digits after the point: give 0 to {}", scale, decimal::max_digits));
}

/// The magnitude as if the number had `scale` digits after the point, which are at least those that it has.
wide_integer aligned(const decimal& of, int scale) { return access::magnitude(of) * power_of_ten(scale - of.scale()); }

/// numerator / denominator, half away from zero.
wide_integer rounded_quotient(const wide_integer& numerator, const wide_integer& denominator) {
    wide_integer quotient;
    wide_integer rest;
    divide_qr(numerator, denominator, quotient, rest);
    if (rest * 2U >= denominator) ++quotient;
    return quotient;
}

decimal add(const decimal& a, const decimal& b, bool b_negative) {
    const int scale = std::max(a.scale(), b.scale());
    const wide_integer x = aligned(a, scale);
    const wide_integer y = aligned(b, scale);
    if (a.is_negative() == b_negative) return access::make(x + y, scale, b_negative);
    return x >= y ? access::make(x - y, scale, a.is_negative()) : access::make(y - x, scale, b_negative);
}

std::strong_ordering order(const wide_integer& a, const wide_integer& b) {
    const int c = a.compare(b);
    return c < 0 ? std::strong_ordering::less : c > 0 ? std::strong_ordering::greater : std::strong_ordering::equal;
}

std::strong_ordering compare_magnitudes(const decimal& a, const decimal& b) {
    if (a.scale() == b.scale() && access::is_small(a) && access::is_small(b)) return access::low(a) <=> access::low(b);
    const int scale = std::max(a.scale(), b.scale());
    return order(aligned(a, scale), aligned(b, scale));
}

/// The number without its fraction; a fraction other than zero, or a magnitude beyond 64 bits, is an error.
std::uint64_t whole_magnitude(const decimal& of, std::uint64_t max, std::string_view type) {
    const decimal n = of.normalized();
    if (n.scale() > 0)
        throw_error(errc::value_range,
                    fmt::format("{} has a fraction, which {} cannot hold: round it with rescaled(0)", to_string(of), type));
    if (!access::is_small(n) || access::low(n) > max)
        throw_error(errc::value_range, fmt::format("{} does not fit into {}", to_string(of), type));
    return access::low(n);
}

}  // namespace

decimal::decimal(std::int64_t unscaled, int scale) {
    check_scale(scale);
    const auto bits = static_cast<std::uint64_t>(unscaled);
    *this = access::make_small(unscaled < 0 ? 0 - bits : bits, scale, unscaled < 0);
}

decimal decimal::from_unsigned(std::uint64_t value) noexcept { return access::make_small(value, 0, false); }

decimal decimal::from_double(double value) {
    if (!std::isfinite(value)) throw_error(errc::value_range, fmt::format("{} is no decimal number", value));
    return parse(fmt::format("{}", value));
}

int decimal::precision() const {
    if (is_zero()) return 1;
    if (access::is_small(*this)) return static_cast<int>(fmt::formatted_size("{}", magnitude_[0]));
    return static_cast<int>(access::magnitude(*this).str().size());
}

decimal decimal::rescaled(int scale) const {
    check_scale(scale);
    if (scale == scale_) return *this;
    if (scale > scale_) {
        const wide_integer magnitude = aligned(*this, scale);
        if (magnitude >= power_of_ten(max_digits))
            throw_error(errc::value_range, fmt::format("{} with {} digits after the point has more than {} digits", azoth::to_string(*this),
                                                       scale, max_digits));
        return access::make(magnitude, scale, negative_);
    }
    return access::make(rounded_quotient(access::magnitude(*this), power_of_ten(scale_ - scale)), scale, negative_);
}

decimal decimal::normalized() const {
    if (scale_ == 0) return *this;
    wide_integer magnitude = access::magnitude(*this);
    if (magnitude == 0) return {};
    int scale = scale_;
    while (scale > 0 && magnitude % 10U == 0) {
        magnitude /= 10U;
        --scale;
    }
    return access::make(std::move(magnitude), scale, negative_);
}

double decimal::to_double() const {
    const std::string digits = azoth::to_string(*this);
    double number = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), number);
    return number;
}

std::int64_t decimal::to_int64() const {
    constexpr auto max = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
    const std::uint64_t m = whole_magnitude(*this, max + (negative_ ? 1 : 0), "a 64-bit integer");
    return static_cast<std::int64_t>(negative_ ? 0 - m : m);
}

std::uint64_t decimal::to_uint64() const {
    if (negative_)
        throw_error(errc::value_range, fmt::format("{} is negative and does not fit into an unsigned integer", azoth::to_string(*this)));
    return whole_magnitude(*this, std::numeric_limits<std::uint64_t>::max(), "an unsigned 64-bit integer");
}

decimal decimal::operator-() const noexcept {
    decimal other = *this;
    other.negative_ = !negative_ && !is_zero();
    return other;
}

decimal operator+(const decimal& a, const decimal& b) { return add(a, b, b.is_negative()); }
decimal operator-(const decimal& a, const decimal& b) { return add(a, b, !b.is_negative()); }

decimal operator*(const decimal& a, const decimal& b) {
    return access::make(access::magnitude(a) * access::magnitude(b), a.scale() + b.scale(), a.is_negative() != b.is_negative());
}

decimal divide(const decimal& a, const decimal& b, int scale) {
    check_scale(scale);
    if (b.is_zero()) throw_error(errc::division_by_zero, fmt::format("{} divided by zero", to_string(a)));
    const int shift = scale + b.scale() - a.scale();
    wide_integer numerator = access::magnitude(a);
    wide_integer denominator = access::magnitude(b);
    (shift >= 0 ? numerator : denominator) *= power_of_ten(std::abs(shift));
    return access::make(rounded_quotient(numerator, denominator), scale, a.is_negative() != b.is_negative());
}

std::strong_ordering operator<=>(const decimal& a, const decimal& b) {
    if (a.negative_ != b.negative_) return a.negative_ ? std::strong_ordering::less : std::strong_ordering::greater;
    return a.negative_ ? compare_magnitudes(b, a) : compare_magnitudes(a, b);
}

bool operator==(const decimal& a, const decimal& b) { return (a <=> b) == std::strong_ordering::equal; }

}  // namespace azoth
