#pragma once

#include <azoth/base/decimal.hpp>

#include <boost/multiprecision/cpp_int.hpp>

namespace azoth {

/// Room for the largest step in between: a quotient's numerator has up to 65 + 130 digits, 648 bits.
using wide_integer = boost::multiprecision::number<
    boost::multiprecision::cpp_int_backend<1024, 1024, boost::multiprecision::unsigned_magnitude, boost::multiprecision::unchecked, void>>;

/// Between a decimal's parts and the integers that calculate.
struct decimal_access {
    static wide_integer magnitude(const decimal& of);
    /// Throws data_error (value-range) where neither the digits nor, without its trailing zeros, the number fits.
    static decimal make(wide_integer magnitude, int scale, bool negative);
    static bool is_small(const decimal& of) noexcept { return of.magnitude_[1] == 0 && of.magnitude_[2] == 0 && of.magnitude_[3] == 0; }
    static std::uint64_t low(const decimal& of) noexcept { return of.magnitude_[0]; }
    static decimal make_small(std::uint64_t magnitude, int scale, bool negative) noexcept;
};

/// 10^exponent, 0 <= exponent <= 195.
const wide_integer& power_of_ten(int exponent);

}  // namespace azoth
