#pragma once

#include <azoth/dialect.hpp>

#include "session.hpp"

namespace azoth::sqlite {

/// Binds a cell to the parameter `index` (from 1). Text and bytes are not copied: their memory has to stay until the statement is reset
/// or bound anew. Throws data_error for NaN and for text that is not UTF-8.
void bind(session& on, sqlite3_stmt* statement, int index, const cell& value);

}  // namespace azoth::sqlite
