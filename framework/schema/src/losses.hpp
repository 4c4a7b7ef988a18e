#pragma once

#include "table_difference.hpp"

#include <string_view>

namespace azoth::detail {

/// Whether some value of one type has no counterpart in another, or an inexact one.
bool is_narrower(const type& after, const type& before);

// What people are told, empty where there is nothing to tell.

/// "values of "x" that do not fit the narrower type"
std::string narrowed_values(const table_difference& d, const altered_column& a);
/// That NULLs of a column are refused from now on.
std::string refused_nulls(const table_difference& d, const altered_column& a);
/// What reflection has left out of an object that is made anew, by its notes.
std::string forgotten(const std::vector<reflection_note>& notes, const object_name& of);
/// The same of a column, an index or a constraint.
std::string forgotten(const std::vector<reflection_note>& notes, const object_name& of, std::string_view part);
/// That rows have nothing for a column that is added.
std::string missing_value(const table_definition& t, std::size_t column);

}  // namespace azoth::detail
