#pragma once

#include "sql_tree.hpp"

#include <azoth/sql/node.hpp>
#include <azoth/sql/type.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace azoth::detail {

/// An expression that a database of one family wrote down, made such that the dialects of another write it in their own way. Null where it
/// has anything of which the other may make something else: what one of them alone has, casts that round here and cut there, texts that are
/// compared with numbers, LIKE where one side knows upper from lower case. `columns`: those that it may name, with their types.
node_ptr portable_sql(std::string_view family, std::string_view target, std::string_view sql, const std::vector<column_spec>& columns);

/// A form in which two expressions are equal that differ in quotes, cases of words, parentheses and casts that change nothing. What is no
/// expression, or more than the parser knows, stays as it is but for quotes and cases. `columns` tell which casts change nothing.
std::string canonical_sql(std::string_view family, std::string_view sql, const std::vector<column_spec>& columns = {});

/// The value of a type that the expression is nothing but, as a literal; null where it is more, or no value of the type.
node_ptr literal_sql(std::string_view family, std::string_view sql, const type& of);
/// The same of a part of one.
node_ptr literal_of(const sql_tree& tree, const type& of);

/// Whether an expression may name a column: where it cannot be read, whether the name stands in it.
bool names_column(std::string_view family, std::string_view sql, std::string_view column);

}  // namespace azoth::detail
