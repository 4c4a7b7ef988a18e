#include "classify.hpp"

#include <sqlite3.h>

#include <array>
#include <string_view>

namespace azoth::sqlite {
namespace {

using std::string_view;

error_class make(errc code, const char* sqlstate, const char* remedy = "") {
    error_class verdict;
    verdict.code = code;
    verdict.sqlstate = sqlstate;
    verdict.remedy = remedy;
    return verdict;
}

error_class retryable(error_class verdict) {
    verdict.retryable = true;
    return verdict;
}

/// What follows "... constraint failed: " in a message.
std::string named_in(string_view message) {
    constexpr string_view lead = " constraint failed: ";
    const auto at = message.find(lead);
    return at == string_view::npos ? std::string{} : std::string{message.substr(at + lead.size())};
}

/// UNIQUE: "t.a, t.b", or "index 'name'" where an index has an expression or a condition.
std::string unique_in(string_view message) {
    std::string named = named_in(message);
    constexpr string_view lead = "index '";
    if (named.starts_with(lead) && named.ends_with('\'')) return named.substr(lead.size(), named.size() - lead.size() - 1);
    return named;
}

error_class with_constraint(error_class verdict, std::string name) {
    verdict.constraint = std::move(name);
    return verdict;
}

error_class classify_constraint(const native_error& e) {
    const string_view message = e.message();
    switch (e.code()) {
        case SQLITE_CONSTRAINT_UNIQUE:
        case SQLITE_CONSTRAINT_PRIMARYKEY:
        case SQLITE_CONSTRAINT_ROWID: return with_constraint(make(errc::unique_violation, "23505"), unique_in(message));
        case SQLITE_CONSTRAINT_NOTNULL: return with_constraint(make(errc::not_null_violation, "23502"), named_in(message));
        case SQLITE_CONSTRAINT_CHECK: return with_constraint(make(errc::check_violation, "23514"), named_in(message));
        case SQLITE_CONSTRAINT_FOREIGNKEY: return make(errc::foreign_key_violation, "23503");
        case SQLITE_CONSTRAINT_DATATYPE:
            return make(errc::type_mismatch, "22000", "the table is STRICT: send a value of the column's own type");
        case SQLITE_CONSTRAINT_TRIGGER:
            // ON DELETE RESTRICT is carried out by a trigger of SQLite's own.
            if (message.starts_with("FOREIGN KEY constraint failed")) return make(errc::foreign_key_violation, "23503");
            return make(errc::integrity, "23000");
        default: return make(errc::integrity, "23000");
    }
}

error_class classify_busy(int code) {
    if (code == SQLITE_BUSY_SNAPSHOT)
        return retryable(
            make(errc::serialization, "40001",
                 "another connection wrote after this transaction had begun to read: run it again, or begin it with IMMEDIATE"));
    return retryable(
        make(errc::locked, "55P03", "another connection holds a lock: try again, raise the option busy_timeout, or use journal_mode=wal"));
}

error_class classify_cannot_open(const native_error& e) {
    // Where the driver found out why, it says so itself.
    const bool is_bare = string_view{e.message()}.starts_with("unable to open");
    return make(errc::connect_failed, "08001", is_bare ? "SQLite needs to write to the database's folder too, for its journal" : "");
}

/// SQLITE_ERROR says nothing but its message.
struct wording {
    string_view start;
    errc code;
    const char* sqlstate;
    const char* remedy;
};
constexpr std::array wordings{
    wording{"no such table: ", errc::no_such_table, "42P01", ""},
    wording{"no such view: ", errc::no_such_table, "42P01", ""},
    wording{"unknown database ", errc::no_such_table, "3F000", "a schema is a database attached under that name"},
    wording{"no such column: ", errc::no_such_column, "42703", ""},
    wording{"ambiguous column name: ", errc::no_such_column, "42702", "write the table's name before the column's"},
    wording{"incomplete input", errc::sql_syntax, "42601", ""},
    wording{"unrecognized token: ", errc::sql_syntax, "42601", ""},
    wording{"integer overflow", errc::value_range, "22003", "cast to a double or a decimal before"},
    wording{"no such savepoint: ", errc::programming, "3B001", ""},
    wording{"cannot start a transaction within", errc::programming, "25001", ""},
    wording{"cannot commit - no transaction", errc::programming, "25P01", ""},
    wording{"cannot rollback - no transaction", errc::programming, "25P01", ""},
    wording{"malformed JSON", errc::value_format, "22032", ""},
    wording{"no such function: ", errc::programming, "42883", ""},
    wording{"too many SQL variables", errc::parameter, "54023", "insert the values into a temporary table and join it"},
};

error_class classify_message(const native_error& e) {
    const string_view message = e.message();
    if (e.sqlstate() == "42601") return make(errc::sql_syntax, "42601");
    for (const auto& w : wordings)
        if (message.starts_with(w.start)) return make(w.code, w.sqlstate, w.remedy);
    if (message.find(": syntax error") != string_view::npos) return make(errc::sql_syntax, "42601");
    if (message.starts_with("table ") && message.find(" has no column named ") != string_view::npos)
        return make(errc::no_such_column, "42703");
    if (message.ends_with(" already exists")) return make(errc::programming, "42P07");
    return make(errc::programming, "42000");
}

error_class classify_read_only(int code) {
    if (code == SQLITE_READONLY_DIRECTORY)
        return make(errc::read_only, "25006", "SQLite needs to write to the database's folder too, for its journal");
    if (code == SQLITE_READONLY_DBMOVED) return make(errc::read_only, "25006", "the file was moved or deleted: connect again");
    return make(errc::read_only, "25006", "the file, the URL's mode or the transaction allows no writing");
}

}  // namespace

error_class classify(const native_error& e) {
    switch (e.code() & 0xff) {
        case SQLITE_ERROR: return classify_message(e);
        case SQLITE_CONSTRAINT: return classify_constraint(e);
        case SQLITE_BUSY: return classify_busy(e.code());
        case SQLITE_LOCKED:
            return retryable(make(errc::locked, "55P03", "a statement that is still running holds the table: close its result first"));
        case SQLITE_PROTOCOL: return retryable(make(errc::locked, "55P03"));
        case SQLITE_SCHEMA: return retryable(make(errc::operational, "0A000"));
        case SQLITE_READONLY: return classify_read_only(e.code());
        case SQLITE_CANTOPEN: return classify_cannot_open(e);
        case SQLITE_NOTADB: return make(errc::connect_failed, "08001", "the file is no SQLite database, or it is encrypted");
        case SQLITE_CORRUPT:
            return make(errc::operational, "XX001", "the file is damaged: restore it from a backup, or try the sqlite3 program's .recover");
        case SQLITE_FULL: return make(errc::operational, "53100", "the disk, or the database's max_page_count, is full");
        case SQLITE_IOERR: return make(errc::operational, "58030");
        case SQLITE_NOMEM: return make(errc::operational, "53200");
        case SQLITE_PERM:
        case SQLITE_AUTH: return make(errc::permission_denied, "42501");
        case SQLITE_INTERRUPT: return make(errc::cancelled, "57014");
        case SQLITE_ABORT: return make(errc::operational, "40000");
        case SQLITE_TOOBIG: return make(errc::value_range, "22003");
        case SQLITE_MISMATCH: return make(errc::type_mismatch, "22000");
        case SQLITE_RANGE: return make(errc::parameter, "07009");
        case SQLITE_INTERNAL:
        case SQLITE_MISUSE: return make(errc::internal, "XX000");
        default: return make(errc::operational, "58000");
    }
}

}  // namespace azoth::sqlite
