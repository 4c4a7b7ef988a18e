#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace azoth::command {

/// How many columns of a terminal the text takes. Control characters and what is no UTF-8 count as they are shown by `printable`.
std::size_t display_width(std::string_view utf8);

/// The text with control characters as \n, \t or \x01, so that a value cannot move the cursor or colour the terminal.
std::string printable(std::string_view utf8);

/// Printable text cut to a width, with "…" in place of what does not fit.
std::string fitted(std::string_view utf8, std::size_t width);

/// The terminal's width; 0 where standard output is none.
std::size_t terminal_width();
/// ... and its height.
std::size_t terminal_height();

}  // namespace azoth::command
