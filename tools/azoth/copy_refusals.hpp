#pragma once

#include <azoth/azoth.hpp>

#include <cstddef>
#include <vector>

namespace azoth::command {

/// Looks for the value that a database does not take among rows of these columns, by giving it each column alone, in a temporary table that
/// has nothing but types. Throws std::runtime_error naming table, column, value and the database's reason; returns where it finds none.
/// What the connection has open is rolled back.
void name_refused_value(connection& on, const table& of, const std::vector<std::size_t>& columns,
                        const std::vector<std::vector<value>>& rows);

/// The same of a value that cannot be read, or is none of these types, one for each column.
void name_unreadable_value(connection& on, const table& of, const std::vector<std::size_t>& columns, const std::vector<type>& types);

}  // namespace azoth::command
