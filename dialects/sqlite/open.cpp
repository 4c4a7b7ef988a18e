#include "open.hpp"

#include "aggregate_functions.hpp"
#include "decimal_functions.hpp"
#include "document_functions.hpp"
#include "errors.hpp"
#include "exec.hpp"
#include "function_support.hpp"
#include "moment_functions.hpp"
#include "sql_text.hpp"

#include <fmt/format.h>

#include <unistd.h>
#include <cerrno>
#include <filesystem>
#include <system_error>

namespace azoth::sqlite {
namespace {

namespace fs = std::filesystem;

std::string because_of_errno() { return std::error_code{errno, std::generic_category()}.message(); }

/// Why a file cannot be opened. SQLite says "unable to open database file" to everything.
std::string why_not(const settings& to) {
    const fs::path file{to.path};
    const fs::path folder = file.has_parent_path() ? file.parent_path() : fs::path{"."};
    std::error_code ignored;
    const bool may_create = (to.flags & SQLITE_OPEN_CREATE) != 0;
    if (!fs::exists(folder, ignored))
        return fmt::format("the folder \"{}\" does not exist: create it, or correct the path in the URL", folder.string());
    if (!fs::is_directory(folder, ignored)) return fmt::format("\"{}\" is no folder: correct the path in the URL", folder.string());
    if (fs::is_directory(file, ignored)) return fmt::format("\"{}\" is a folder: name a file in it", file.string());
    if (!fs::exists(file, ignored) && !may_create)
        return fmt::format("the file \"{}\" does not exist, and the URL's mode creates none: correct the path, or use mode=rwc",
                           file.string());
    if (fs::exists(file, ignored)) {
        if (::access(file.c_str(), R_OK) != 0) return fmt::format("the file \"{}\" cannot be read: {}", file.string(), because_of_errno());
    } else if (::access(folder.c_str(), W_OK | X_OK) != 0) {
        return fmt::format("the file \"{}\" cannot be created: {}", file.string(), because_of_errno());
    }
    return fmt::format("the file \"{}\" cannot be opened", file.string());
}

void configure(sqlite3* db) {
    sqlite3_extended_result_codes(db, 1);
    // A misspelt column in double quotes would be taken for a string.
    sqlite3_db_config(db, SQLITE_DBCONFIG_DQS_DML, 0, nullptr);
    sqlite3_db_config(db, SQLITE_DBCONFIG_DQS_DDL, 0, nullptr);
    register_moments(db);
    register_documents(db);
    register_decimals(db);
    register_aggregates(db);
    register_numbers(db);
    register_texts(db);
    register_regexps(db);
}

/// SQLite looks into the file at the first statement only: an error about it belongs to opening it. That somebody holds a lock does not.
void look_inside(sqlite3* db, const settings& to) {
    const int code = sqlite3_exec(db, "PRAGMA schema_version", nullptr, nullptr, nullptr);
    const int primary = code & 0xff;
    if (code != SQLITE_OK && primary != SQLITE_BUSY && primary != SQLITE_LOCKED) throw_database_error(db, code, to.path);
}

void set_pragma(session& on, const std::string& name, const std::string& value) {
    const auto answer = run_for_texts(on, fmt::format("PRAGMA {} = {}", name, value));
    if (name != "journal_mode" || answer.empty() || same_word(answer.front(), value)) return;
    throw_error(errc::url_option, fmt::format("the option journal_mode={} is not possible for {}: SQLite keeps the mode \"{}\"", value,
                                              on.path().empty() ? "a database in memory" : on.path(), answer.front()));
}

}  // namespace

database_handle open_database(const settings& to) {
    sqlite3* raw = nullptr;
    const int code = sqlite3_open_v2(to.file.c_str(), &raw, to.flags, nullptr);
    database_handle db{raw};
    if (code != SQLITE_OK) {
        if ((code & 0xff) == SQLITE_CANTOPEN && !to.in_memory) throw native_error(code, why_not(to));
        throw_database_error(db.get(), code, to.path);
    }
    configure(db.get());
    look_inside(db.get(), to);
    return db;
}

void set_up(session& on, database_handle db, const settings& to) {
    on.attach(std::move(db));
    for (const auto& [name, value] : to.pragmas) set_pragma(on, name, value);
}

}  // namespace azoth::sqlite
