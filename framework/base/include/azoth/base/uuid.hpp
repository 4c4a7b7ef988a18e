#pragma once

#include <azoth/base/export.hpp>

#include <array>
#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

namespace azoth {

/// A universally unique identifier (RFC 9562), 16 bytes in network order.
struct uuid {
    std::array<std::uint8_t, 16> bytes{};

    /// A random one (version 4), from the system's generator. Thread-safe.
    AZOTH_API static uuid random();
    /// Reads "123e4567-e89b-12d3-a456-426614174000", in either case, with or without hyphens or braces; else throws data_error
    /// (value-format).
    AZOTH_API static uuid parse(std::string_view text);
    friend auto operator<=>(const uuid&, const uuid&) = default;
};

/// Lower case with hyphens, 36 characters.
AZOTH_API std::string to_string(const uuid& value);

}  // namespace azoth
