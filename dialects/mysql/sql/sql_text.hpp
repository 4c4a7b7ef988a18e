#pragma once

#include <string>
#include <string_view>

namespace azoth::mysql {

/// The word that a statement starts with, behind blanks, comments and parentheses. Empty where there is none.
std::string_view verb_of(std::string_view sql) noexcept;

/// Whether the statement only reads, as far as its verb tells: its end may be cut off without a loss.
bool only_reads(std::string_view sql) noexcept;

/// Compares ASCII letters without regard to case.
bool same_word(std::string_view a, std::string_view b) noexcept;

/// ASCII letters in one case, all else as it is.
std::string upper_case(std::string_view text);
std::string lower_case(std::string_view text);

}  // namespace azoth::mysql
