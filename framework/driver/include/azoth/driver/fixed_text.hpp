#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace azoth {

/// Text of bounded length without a pointer, built while compiling; what is left over is zero.
template <std::size_t Size>
struct fixed_text {
    std::array<char, Size> chars{};

    /// Does not compile where the text has no room; one zero stays at the end.
    constexpr void append(std::string_view text) {
        const std::size_t at = view().size();
        if (at + text.size() >= Size) throw "the text is too long for its field in the plugin's note";
        std::copy(text.begin(), text.end(), chars.begin() + static_cast<std::ptrdiff_t>(at));
    }
    constexpr void append(std::uint64_t number) {
        char digits[20]{};
        std::size_t at = sizeof digits;
        do digits[--at] = static_cast<char>('0' + number % 10);
        while ((number /= 10) != 0);
        append(std::string_view{digits + at, sizeof digits - at});
    }
    /// Up to the first zero, or all of it where there is none.
    [[nodiscard]] constexpr std::string_view view() const noexcept {
        const auto end = std::find(chars.begin(), chars.end(), '\0');
        return {chars.data(), static_cast<std::size_t>(end - chars.begin())};
    }
};

}  // namespace azoth
