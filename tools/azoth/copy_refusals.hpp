#pragma once

#include "copy_columns.hpp"

#include <azoth/azoth.hpp>

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace azoth::command {

/// Throws std::runtime_error that says what is wrong with a value, of which row, and how to go on. `key`: the row's; may be empty.
[[noreturn]] void refuse_value(const table& of, std::string_view column, std::string_view key, std::string_view why);

/// Looks for the value that a database does not take among rows of these columns, by giving it each column alone, in a temporary table that
/// has nothing but types. Throws std::runtime_error naming table, column, row, value and the database's reason; returns where it finds
/// none. What the connection has open is rolled back.
void name_refused_value(connection& on, const table& of, const std::vector<moving_column>& columns,
                        const std::vector<std::vector<value>>& rows);

/// Why a table does not take some rows; nothing where it does. None of them may stay.
using row_trial = std::function<std::optional<std::string>(std::span<const std::vector<value>>)>;

/// Throws std::runtime_error naming table, row and reason for the row that a table does not take by itself; where it is not one row alone,
/// the table and `why`.
[[noreturn]] void name_refused_row(const table& of, const std::vector<moving_column>& columns, std::span<const std::vector<value>> rows,
                                   const row_trial& refusal, const std::string& why);

/// What `name_refused_value` does, of a value that cannot be read, or is none of its column's type.
void name_unreadable_value(connection& on, const row_set& of);

}  // namespace azoth::command
