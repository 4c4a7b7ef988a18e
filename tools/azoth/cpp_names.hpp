#pragma once

#include <string>
#include <string_view>

namespace azoth::command {

/// A struct's name for a table: "order_line" -> "OrderLine". Always an identifier.
std::string struct_name(std::string_view table);
/// A member's name for a column: itself where it is an identifier and no keyword of C++; else as near as can be.
std::string member_name(std::string_view column);
/// A string literal of C++ with any content.
std::string cpp_literal(std::string_view text);

}  // namespace azoth::command
