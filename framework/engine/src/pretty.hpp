#pragma once

#include <string>
#include <string_view>

namespace azoth::detail {

/// SQL with each clause on a line of its own, those of queries inside it indented. Words in quotes stay as they are.
std::string with_line_breaks(std::string_view sql);

}  // namespace azoth::detail
