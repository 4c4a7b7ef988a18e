#include "decimal_access.hpp"

#include <azoth/base/error.hpp>

#include <fmt/format.h>

#include <iterator>
#include <vector>

namespace azoth {
namespace {

constexpr int largest_power = 3 * decimal::max_digits;

std::vector<wide_integer> make_powers() {
    std::vector<wide_integer> powers{1};
    while (powers.size() <= largest_power) powers.push_back(powers.back() * 10U);
    return powers;
}

/// Takes zeros off the end of the fraction until the number fits or none is left.
void drop_trailing_zeros(wide_integer& magnitude, int& scale) {
    const wide_integer& limit = power_of_ten(decimal::max_digits);
    while (scale > 0 && (magnitude >= limit || scale > decimal::max_digits) && magnitude % 10U == 0) {
        magnitude /= 10U;
        --scale;
    }
}

}  // namespace

const wide_integer& power_of_ten(int exponent) {
    static const std::vector<wide_integer> powers = make_powers();
    return powers.at(static_cast<std::size_t>(exponent));
}

wide_integer decimal_access::magnitude(const decimal& of) {
    if (is_small(of)) return of.magnitude_[0];
    wide_integer number;
    import_bits(number, of.magnitude_.begin(), of.magnitude_.end(), 64, false);
    return number;
}

decimal decimal_access::make(wide_integer magnitude, int scale, bool negative) {
    drop_trailing_zeros(magnitude, scale);
    if (magnitude >= power_of_ten(decimal::max_digits) || scale > decimal::max_digits)
        throw_error(errc::value_range,
                    fmt::format("{}{}e-{} needs more than the {} digits that a decimal has: round it first, or use a double",
                                negative ? "-" : "", magnitude.str(), scale, decimal::max_digits));
    decimal made;
    if (magnitude != 0) {
        std::vector<std::uint64_t> limbs;
        export_bits(magnitude, std::back_inserter(limbs), 64, false);
        std::copy(limbs.begin(), limbs.end(), made.magnitude_.begin());
    }
    made.scale_ = static_cast<std::uint8_t>(scale);
    made.negative_ = negative && magnitude != 0;
    return made;
}

decimal decimal_access::make_small(std::uint64_t magnitude, int scale, bool negative) noexcept {
    decimal made;
    made.magnitude_[0] = magnitude;
    made.scale_ = static_cast<std::uint8_t>(scale);
    made.negative_ = negative && magnitude != 0;
    return made;
}

}  // namespace azoth
