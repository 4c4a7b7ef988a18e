#pragma once

#include <azoth/base/export.hpp>

#include <array>
#include <compare>
#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>

namespace azoth {

/// An exact decimal number of up to 65 significant digits (MySQL's limit, the widest of our databases), with its scale: 1.50 keeps
/// its zero when printed and equals 1.5. A result that needs more digits throws data_error (value-range); nothing is rounded unasked.
class AZOTH_API decimal {
public:
    static constexpr int max_digits = 65;

    constexpr decimal() noexcept = default;
    template <std::signed_integral I>
    decimal(I value) noexcept : decimal(static_cast<std::int64_t>(value), 0) {}
    template <std::unsigned_integral I>
    requires(!std::same_as<I, bool>) decimal(I value)
    noexcept : decimal(from_unsigned(value)) {}
    /// `unscaled` / 10^`scale`: decimal(1250, 2) is 12.50. 0 <= scale <= 65.
    decimal(std::int64_t unscaled, int scale);
    /// Reads [+-]digits[.digits][e[+-]digits]; else throws data_error (value-format).
    static decimal parse(std::string_view text);
    /// The shortest decimal that reads back as the same double, at most 17 digits. NaN and infinities throw data_error (value-range).
    static decimal from_double(double value);

    /// Digits after the point.
    [[nodiscard]] int scale() const noexcept { return scale_; }
    [[nodiscard]] bool is_negative() const noexcept { return negative_; }
    [[nodiscard]] bool is_zero() const noexcept { return magnitude_ == limbs{}; }
    /// Significant digits before and after the point, without leading zeros; 1 for zero.
    [[nodiscard]] int precision() const;
    /// Rounds half away from zero (as SQL's ROUND does) or pads with zeros to `scale` digits.
    [[nodiscard]] decimal rescaled(int scale) const;
    /// The same number without trailing zeros after the point.
    [[nodiscard]] decimal normalized() const;
    /// The nearest double.
    [[nodiscard]] double to_double() const;
    /// The exact integer; a fraction or a number out of range throws data_error (value-range).
    [[nodiscard]] std::int64_t to_int64() const;
    [[nodiscard]] std::uint64_t to_uint64() const;

    [[nodiscard]] decimal operator-() const noexcept;
    AZOTH_API friend decimal operator+(const decimal& a, const decimal& b);
    AZOTH_API friend decimal operator-(const decimal& a, const decimal& b);
    AZOTH_API friend decimal operator*(const decimal& a, const decimal& b);
    /// The quotient rounded half away from zero to `scale` digits; division by zero throws data_error (division-by-zero).
    AZOTH_API friend decimal divide(const decimal& a, const decimal& b, int scale);
    AZOTH_API friend std::strong_ordering operator<=>(const decimal& a, const decimal& b);
    AZOTH_API friend bool operator==(const decimal& a, const decimal& b);
    /// Plain notation, never an exponent: "-12.50".
    AZOTH_API friend std::string to_string(const decimal& value);

private:
    using limbs = std::array<std::uint64_t, 4>;  // 10^65 needs 216 bits; least significant first
    static decimal from_unsigned(std::uint64_t value) noexcept;
    friend struct decimal_access;

    limbs magnitude_{};
    std::uint8_t scale_{};
    bool negative_{};
};

// For calls that name the namespace.
AZOTH_API decimal divide(const decimal& a, const decimal& b, int scale);
AZOTH_API std::string to_string(const decimal& value);

}  // namespace azoth
