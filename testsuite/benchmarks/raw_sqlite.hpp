#pragma once

#include <sqlite3.h>

#include <memory>
#include <stdexcept>
#include <string>

namespace bench {

// SQLite's own C API, as a loop by hand uses it.

struct closer {
    void operator()(sqlite3* db) const { sqlite3_close_v2(db); }
    void operator()(sqlite3_stmt* s) const { sqlite3_finalize(s); }
};
using raw_database = std::unique_ptr<sqlite3, closer>;
using raw_statement = std::unique_ptr<sqlite3_stmt, closer>;

inline raw_database open_raw(const std::string& file) {
    sqlite3* db = nullptr;
    const int code = sqlite3_open_v2(file.c_str(), &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, nullptr);
    raw_database owned{db};
    if (code != SQLITE_OK) throw std::runtime_error("cannot open " + file);
    return owned;
}

inline void run_raw(sqlite3* db, const char* sql) {
    if (sqlite3_exec(db, sql, nullptr, nullptr, nullptr) != SQLITE_OK) throw std::runtime_error(sqlite3_errmsg(db));
}

inline raw_statement prepare_raw(sqlite3* db, const char* sql) {
    sqlite3_stmt* s = nullptr;
    if (sqlite3_prepare_v3(db, sql, -1, SQLITE_PREPARE_PERSISTENT, &s, nullptr) != SQLITE_OK) throw std::runtime_error(sqlite3_errmsg(db));
    return raw_statement{s};
}

inline std::string raw_text(sqlite3_stmt* s, int column) {
    return {reinterpret_cast<const char*>(sqlite3_column_text(s, column)), static_cast<std::size_t>(sqlite3_column_bytes(s, column))};
}

}  // namespace bench
