#include "errors.hpp"

#include <fmt/format.h>

namespace azoth::sqlite {
namespace {

bool is_about_the_file(int code) {
    switch (code & 0xff) {
        case SQLITE_READONLY:
        case SQLITE_CANTOPEN:
        case SQLITE_NOTADB:
        case SQLITE_CORRUPT:
        case SQLITE_FULL:
        case SQLITE_IOERR:
        case SQLITE_PERM:
        case SQLITE_BUSY: return true;
        default: return false;
    }
}

}  // namespace

void throw_database_error(sqlite3* db, int code, std::string_view path) {
    const int extended = db ? sqlite3_extended_errcode(db) : code;
    // The connection remembers one error only: trust it where it is the one that was returned.
    const bool remembered = db && (extended & 0xff) == (code & 0xff);
    std::string message = remembered ? sqlite3_errmsg(db) : sqlite3_errstr(code);
    if (is_about_the_file(code) && !path.empty()) message += fmt::format(" ({})", path);
    throw native_error(remembered ? extended : code, std::move(message));
}

void throw_syntax_error(const std::string& message) { throw native_error(SQLITE_ERROR, message, "42601"); }

}  // namespace azoth::sqlite
