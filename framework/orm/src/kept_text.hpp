#pragma once

#include <cstddef>
#include <cstring>

namespace azoth::orm::detail {

/// In the place of a text's length: NULL.
inline constexpr std::size_t no_text = static_cast<std::size_t>(-1);
/// The length of a text in a copy of columns.
[[nodiscard]] inline std::size_t kept_length(const char* copy, std::size_t at) noexcept {
    std::size_t length = 0;
    std::memcpy(&length, copy + at, sizeof length);
    return length;
}

}  // namespace azoth::orm::detail
