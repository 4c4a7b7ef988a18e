// The transactions of a connection.
#include "connection.hpp"
#include "statement.hpp"

#include <fmt/format.h>

#include <array>

namespace azoth::postgresql {
namespace {

bool names_a_level(isolation_level level) { return level != isolation_level::database_default && level != isolation_level::autocommit; }

void check(const transaction_options& options) {
    if (!options.mode.empty())
        throw_error(errc::invalid_argument, fmt::format("PostgreSQL has no transaction mode \"{}\": leave it empty", options.mode));
    if (options.isolation == isolation_level::snapshot)
        throw_error(errc::not_supported, "PostgreSQL has no isolation level of the name SNAPSHOT: its repeatable_read is one");
    if (options.deferrable && (!options.read_only || options.isolation != isolation_level::serializable))
        throw_error(errc::invalid_argument, "a deferrable transaction has to be serializable and read_only: elsewhere it means nothing");
}

std::string begin_sql(const transaction_options& options) {
    std::string sql = "BEGIN";
    if (names_a_level(options.isolation)) sql += fmt::format(" ISOLATION LEVEL {}", isolation_name(options.isolation));
    if (options.read_only) sql += " READ ONLY";
    if (options.deferrable) sql += " DEFERRABLE";
    return sql;
}

}  // namespace

void connection::begin(const transaction_options& options) {
    check(options);
    if (!session_->is_usable()) session_->run("", session_->control_deadline());  // says why not
    if (session_->in_transaction()) throw_error(errc::misuse, "a transaction is open on this connection already");
    session_->plan_begin(begin_sql(options));
}

void connection::run_end(const std::string& sql) {
    const std::string tag = run(sql);
    if (tag != "ROLLBACK") return;
    throw native_error(0, "the transaction was rolled back in place of committed", "25P02");
}

void connection::commit() {
    // Nothing was done in it, not even the BEGIN.
    if (session_->is_usable() && session_->has_pending_begin()) return session_->drop_pending_begin();
    run_end("COMMIT");
}

void connection::rollback() {
    if (session_->is_usable()) {
        if (session_->has_pending_begin()) return session_->drop_pending_begin();
        session_->interrupt();  // what a result still holds is not worth reading
        if (session_->is_usable() && !session_->in_transaction()) return;
    }
    run("ROLLBACK");
}

void connection::savepoint(std::string_view name) { run(fmt::format("SAVEPOINT {}", name)); }
void connection::release_savepoint(std::string_view name) { run(fmt::format("RELEASE SAVEPOINT {}", name)); }
void connection::rollback_to_savepoint(std::string_view name) { run(fmt::format("ROLLBACK TO SAVEPOINT {}", name)); }

void connection::prepare_transaction(std::string_view id) { run_end("PREPARE TRANSACTION " + quoted(id, "the transaction's id")); }
void connection::commit_prepared(std::string_view id) { run("COMMIT PREPARED " + quoted(id, "the transaction's id")); }
void connection::rollback_prepared(std::string_view id) { run("ROLLBACK PREPARED " + quoted(id, "the transaction's id")); }

std::vector<std::string> connection::prepared_transactions() {
    statement query{session_, "SELECT gid FROM pg_catalog.pg_prepared_xacts WHERE database = current_database() ORDER BY prepared, gid",
                    statement::lifetimes::once};
    query.start({}, {.until = session_->control_deadline()});
    std::vector<std::string> ids;
    std::array<cell, 1> row;
    while (query.fetch(row, 1) != 0) ids.emplace_back(row[0].chars_view());
    return ids;
}

void connection::set_isolation(isolation_level level) {
    if (level == isolation_level::autocommit || level == isolation_level::snapshot)
        throw_error(errc::not_supported, fmt::format("PostgreSQL has no isolation level {}", isolation_name(level)));
    if (level == isolation_level::database_default) level = initial_isolation_;
    run(fmt::format("SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL {}", isolation_name(level)));
    isolation_ = level;
}

void connection::set_read_only(bool read_only) {
    run(fmt::format("SET SESSION CHARACTERISTICS AS TRANSACTION READ {}", read_only ? "ONLY" : "WRITE"));
}

}  // namespace azoth::postgresql
