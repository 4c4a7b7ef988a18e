#pragma once

#include <azoth/azoth.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace azoth::command {

/// How a column's values travel.
struct moving_column {
    std::string name{};
    type as{};       ///< what they are read as; unknown: as they come
    bool is_text{};  ///< selected as the database's own text of them
};

/// Rows of a table, as far as they are read.
struct row_set {
    table of;
    std::vector<moving_column> columns{};
    std::optional<expr<bool>> where{};
};

/// Those of the columns that the copy's rows are made of: the copy does not compute them.
std::vector<moving_column> filled_columns(const std::vector<moving_column>& all, const table& copy);

/// How all columns of a table travel. `family`: of both databases, where they are of one kind; then values arrive as they are stored, also
/// where Azoth's own form of them holds less. Empty: of two kinds.
std::vector<moving_column> moving_columns(const table& from, std::string_view family);

/// SQLite's columns keep the very words of their types: what they make of a value depends on them.
void keep_declared_types(schema_definition& copy);

/// The table with no types where values travel as they come, so that nothing makes anything else of them.
table as_carried(const table& of, const std::vector<moving_column>& columns);

/// The columns in a select list.
std::vector<expr<value>> selected(const table& carried, const std::vector<moving_column>& columns);

/// "id = 5, line = 2", of a row with these columns; empty where the table has no key, or the row not all of it.
std::string key_of(const table& of, const std::vector<moving_column>& columns, const std::vector<value>& row);

}  // namespace azoth::command
