#pragma once

#include <azoth/dialect.hpp>

#include "session.hpp"
#include "target_table.hpp"

namespace azoth::postgresql {

/// Sends the rows by COPY: in binary form where `binary` says that the columns have one, else as text. Returns how many there were.
std::int64_t copy_rows(session& on, const batch_plan& plan, const target_table& target, bool binary, row_source& rows,
                       const execute_options& options);

}  // namespace azoth::postgresql
