#pragma once

#include <azoth/sql/node.hpp>

#include <string>
#include <string_view>

namespace azoth::detail {

/// An expression that a database of one family wrote down, made such that every dialect writes it in its own way: names and texts are
/// quoted anew, PostgreSQL's casts and its = ANY (ARRAY[...]) fall away. Null where it has anything of which another database may make
/// something else.
node_ptr portable_sql(std::string_view family, std::string_view sql);

/// A form in which two expressions are equal that differ in quotes, cases of words, casts and parentheses that change nothing. What is no
/// plain SQL stays as it is.
std::string canonical_sql(std::string_view family, std::string_view sql);

}  // namespace azoth::detail
