#pragma once

#include "our_loops.hpp"
#include "raw_sqlite.hpp"

#include <cstddef>
#include <vector>

namespace bench {

constexpr const char* create_item =
    "CREATE TABLE item (id INTEGER NOT NULL PRIMARY KEY, name TEXT NOT NULL, price REAL NOT NULL, stock BIGINT, note TEXT NOT NULL)";

// The loops by hand over SQLite's C API, to the same table as Azoth's: nanoseconds for a row.
/// In one transaction; like Azoth's, it looks for a second row.
double select_raw(sqlite3* db, std::size_t lookups);
double scan_raw(sqlite3* db, std::size_t rows);
/// Empties the table first, which is not timed.
double insert_raw(sqlite3* db, const std::vector<Item>& items);

}  // namespace bench
