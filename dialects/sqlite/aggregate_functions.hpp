#pragma once

#include <sqlite3.h>

namespace azoth::sqlite {

/// Registers the aggregates that SQLite has not, and what checks a limit, on a connection.
void register_aggregates(sqlite3* db);

}  // namespace azoth::sqlite
