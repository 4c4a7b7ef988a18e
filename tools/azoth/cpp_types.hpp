#pragma once

#include <azoth/azoth.hpp>

#include <string>

namespace azoth::command {

/// The C++ type of a member that holds such values.
std::string cpp_type(const type& t);
/// What the member's type does not say of the column's, as an option of its mapping; empty: nothing.
std::string said_type(const type& t);

}  // namespace azoth::command
