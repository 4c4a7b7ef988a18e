#pragma once

#include <bit>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace azoth::postgresql {

/// PostgreSQL's binary numbers have the most significant byte first.
template <std::integral T>
T from_big_endian(const char* at) noexcept {
    std::make_unsigned_t<T> raw;
    std::memcpy(&raw, at, sizeof raw);
    if constexpr (std::endian::native == std::endian::little && sizeof raw > 1) {
        if constexpr (sizeof raw == 2) raw = __builtin_bswap16(raw);
        else if constexpr (sizeof raw == 4) raw = __builtin_bswap32(raw);
        else raw = __builtin_bswap64(raw);
    }
    return static_cast<T>(raw);
}

template <std::integral T>
void to_big_endian(T value, char* at) noexcept {
    const T swapped = from_big_endian<T>(reinterpret_cast<const char*>(&value));
    std::memcpy(at, &swapped, sizeof swapped);
}

}  // namespace azoth::postgresql
