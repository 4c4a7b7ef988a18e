#include "reset.hpp"

#include "exec.hpp"
#include "open.hpp"

#include <fmt/format.h>

#include <array>

namespace azoth::sqlite {
namespace {

/// The settings of a connection that a program can change and SQLite tells. busy_timeout is not among them: its handler is put back.
constexpr std::array session_pragmas{
    "analysis_limit",  "automatic_index",    "cache_size",         "cache_spill",
    "cell_size_check", "defer_foreign_keys", "foreign_keys",       "ignore_check_constraints",
    "journal_mode",    "journal_size_limit", "legacy_alter_table", "locking_mode",
    "query_only",      "read_uncommitted",   "recursive_triggers", "reverse_unordered_selects",
    "secure_delete",   "synchronous",        "temp_store",         "threads",
    "trusted_schema",  "wal_autocheckpoint", "writable_schema",
};

/// A failing piece must not keep the others from being done: the database would be lost with its connection.
template <class Piece>
void attempt(Piece&& piece) noexcept {
    try {
        piece();
    } catch (...) {  // the state that matters is looked at in the end
    }
}

void end_statements(sqlite3* db) noexcept {
    for (sqlite3_stmt* s = sqlite3_next_stmt(db, nullptr); s; s = sqlite3_next_stmt(db, s))
        if (sqlite3_stmt_busy(s)) sqlite3_reset(s);
}

/// Triggers and views before what they are about, virtual tables before the tables that they keep their content in.
constexpr const char* temporary_objects =
    "SELECT 'DROP ' || type || ' IF EXISTS temp.\"' || replace(name, '\"', '\"\"') || '\"' FROM temp.sqlite_schema"
    " WHERE type IN ('trigger', 'view', 'table') AND substr(name, 1, 7) <> 'sqlite_'"
    " ORDER BY type = 'table', type = 'view', sql NOT LIKE 'CREATE VIRTUAL%'";

void drop_temporary_objects(session& on) {
    for (const auto& drop : run_for_texts(on, temporary_objects)) attempt([&] { run(on, drop); });
}

void detach_databases(session& on) {
    for (const auto& name : run_for_texts(on, "SELECT name FROM pragma_database_list WHERE name NOT IN ('main', 'temp')"))
        attempt([&] { run(on, "DETACH " + quoted_name(name)); });
}

void restore_pragmas(session& on, const settings& to, const pragma_values& original) {
    for (const auto& [name, value] : original) {
        attempt([&, &name = name, &value = value] {
            const auto now = run_for_texts(on, "PRAGMA " + name);
            if (!now.empty() && now.front() != value) run(on, fmt::format("PRAGMA {} = {}", name, value));
        });
    }
    // SQLite does not tell whether LIKE is case-sensitive, and does not take a LIKE that has been set into indexes: set only where it
    // differs.
    std::string like = "off";
    for (const auto& [name, value] : to.pragmas)
        if (name == "case_sensitive_like") like = value;
    attempt([&] {
        const bool is_on = run_for_texts(on, "SELECT 'a' LIKE 'A'").front() == "0";
        if (is_on != (like == "on")) run(on, "PRAGMA case_sensitive_like = " + like);
    });
}

}  // namespace

pragma_values read_pragmas(session& on) {
    pragma_values values;
    for (const std::string name : session_pragmas)
        if (auto value = run_for_texts(on, "PRAGMA " + name); !value.empty()) values.emplace_back(name, std::move(value.front()));
    return values;
}

void reopen(session& on, const settings& to) {
    on.detach();
    set_up(on, open_database(to), to);
}

bool clean(session& on, const settings& to, const pragma_values& original) {
    sqlite3* db = on.open_db();
    on.forget_interrupt();
    end_statements(db);
    if (sqlite3_get_autocommit(db) == 0) attempt([&] { run(on, "ROLLBACK"); });
    on.restore_busy_handler();
    attempt([&] { run(on, "PRAGMA query_only = off"); });
    attempt([&] { run(on, "PRAGMA foreign_keys = off"); });  // dropping a table deletes its rows first
    attempt([&] { drop_temporary_objects(on); });
    attempt([&] { detach_databases(on); });
    restore_pragmas(on, to, original);
    return sqlite3_get_autocommit(db) != 0;
}

}  // namespace azoth::sqlite
