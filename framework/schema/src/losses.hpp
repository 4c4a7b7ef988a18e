#pragma once

#include "table_difference.hpp"

namespace azoth::detail {

/// Whether some value of one type has no counterpart in another, or an inexact one.
bool is_narrower(const type& after, const type& before);

// What people are told, empty where there is nothing to tell.

/// "values of "x" that do not fit the narrower type"
std::string narrowed_values(const table_difference& d, const altered_column& a);
/// That NULLs of a column are refused from now on.
std::string refused_nulls(const table_difference& d, const altered_column& a);
/// That rows have nothing for a column that is added.
std::string missing_value(const table_definition& t, std::size_t column);

}  // namespace azoth::detail
