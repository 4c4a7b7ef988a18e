#pragma once

#include <cstddef>
#include <string>
#include <string_view>

/// Characters of UTF-8. What is no UTF-8 counts as a character a byte.
namespace azoth::sqlite {

inline constexpr std::size_t longest_character = 4;  ///< in bytes

std::size_t characters_in(std::string_view text) noexcept;
/// How many bytes the first `count` characters have.
std::size_t bytes_of(std::string_view text, std::size_t count) noexcept;
/// Where the character begins that the byte belongs to.
std::size_t start_of_character(std::string_view text, std::size_t byte) noexcept;

std::wstring decoded(std::string_view text);
std::string encoded(std::wstring_view text);

}  // namespace azoth::sqlite
