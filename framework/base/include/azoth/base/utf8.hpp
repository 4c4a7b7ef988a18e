#pragma once

#include <azoth/base/export.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace azoth {

/// Whether the text is well-formed UTF-8 (Unicode 15, table 3-7): no overlong forms, no surrogates, nothing beyond U+10FFFF.
AZOTH_API bool is_valid_utf8(std::string_view text) noexcept;

/// The longest prefix of at most `max_bytes` bytes that cuts no character in two.
AZOTH_API std::string_view utf8_prefix(std::string_view text, std::size_t max_bytes) noexcept;

/// The text on one line that moves no cursor: line ends and other control characters as \n, \t or \x1b.
AZOTH_API std::string one_line(std::string_view text);

}  // namespace azoth
