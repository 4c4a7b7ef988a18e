#pragma once

#include <azoth/sql/type.hpp>

namespace azoth::detail {

/// Whether some value of one type has no counterpart in another, or an inexact one.
bool is_narrower(const type& after, const type& before);

}  // namespace azoth::detail
