#pragma once

#include <azoth/dialect.hpp>

#include <string>

namespace azoth::postgresql {

/// An array's cell as PostgreSQL writes arrays: {1,NULL,"a \"b\""}. Throws data_error for what is no array, or holds arrays.
std::string array_literal(const cell& from);

}  // namespace azoth::postgresql
