#pragma once

#include <azoth/sql/node.hpp>
#include <azoth/sql/type.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace azoth::detail {

/// An expression that a database of one family wrote down, made such that every dialect writes it in its own way: names and texts are
/// quoted anew, PostgreSQL's casts and its = ANY (ARRAY[...]) fall away, functions get their usual names. Null where it has anything of
/// which another database may make something else. `truths`: the columns that are true or false, and that MySQL and MariaDB compare with 1
/// and 0.
node_ptr portable_sql(std::string_view family, std::string_view sql, const std::vector<std::string>& truths = {});

/// The columns that an expression made by `portable_sql` names.
std::vector<std::string> columns_in(const node& expression);

/// A form in which two expressions are equal that differ in quotes, cases of words, casts and parentheses that change nothing. What is no
/// plain SQL stays as it is.
std::string canonical_sql(std::string_view family, std::string_view sql);

/// The value of a type that the expression is nothing but, as a literal; null where it is more, or no value of the type.
node_ptr literal_sql(std::string_view family, std::string_view sql, const type& of);

}  // namespace azoth::detail
