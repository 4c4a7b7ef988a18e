#pragma once

#include "copy_columns.hpp"

#include <azoth/azoth.hpp>

namespace azoth::command {

/// Looks among rows of PostgreSQL's for values that databases of other kinds do not hold: infinite moments and numbers, NaN, years before 1
/// and behind 9999, 24:00, months in spans. Throws std::runtime_error naming the first row, and how many there are.
void refuse_unheld_values(const row_set& rows, const engine& source, const profile& target);

}  // namespace azoth::command
