#pragma once

#include <azoth/base/cell.hpp>

#include <string_view>

namespace azoth::detail {

/// NULL (null-value), or a tag that cannot be read as what is wanted (type-mismatch).
[[noreturn]] void refuse_type(const cell& from, std::string_view wanted);

}  // namespace azoth::detail
