#pragma once

#include <sqlite3.h>

#include <memory>

namespace azoth::sqlite {

struct database_closer {
    // The v2 form waits for statements that are still alive.
    void operator()(sqlite3* db) const noexcept { sqlite3_close_v2(db); }
};
using database_handle = std::unique_ptr<sqlite3, database_closer>;

struct statement_finalizer {
    void operator()(sqlite3_stmt* statement) const noexcept { sqlite3_finalize(statement); }
};
using statement_handle = std::unique_ptr<sqlite3_stmt, statement_finalizer>;

}  // namespace azoth::sqlite
