#pragma once

#include "copy_columns.hpp"

#include <azoth/azoth.hpp>

#include <cstdint>
#include <functional>
#include <vector>

namespace azoth::command {

/// A table on its way: as its own database has it, and as the other one does.
struct moving_table {
    row_set from;
    table to;
    std::int64_t rows{};  ///< in the source, when it was looked at
    bool is_same_kind{};  ///< of database: what one holds the other does
};

/// Told how many rows have been written since the last time.
using on_rows = std::function<void(std::int64_t)>;

/// Copies rows in batches, each of which is one transaction; goes on behind those that are there already. Rows come in the order of the
/// primary key; a table without one is emptied and begun again. Throws std::runtime_error naming table, column, row and value where one
/// cannot be read, is not taken, or would be rounded.
void copy_rows(const moving_table& table, const engine& source, const engine& target, const on_rows& told);

/// How many rows there are.
std::int64_t count_rows(const row_set& of, const engine& in);

}  // namespace azoth::command
