#pragma once

#include <azoth/dialect.hpp>

#include "handle.hpp"

#include <string>
#include <string_view>

namespace azoth::sqlite {

/// The database's last error as a native_error. Where the message alone does not tell which file it is about, the path is added.
[[noreturn]] void throw_database_error(sqlite3* db, int code, std::string_view path);

/// SQL that the driver refuses before SQLite sees it.
[[noreturn]] void throw_syntax_error(const std::string& message);

}  // namespace azoth::sqlite
