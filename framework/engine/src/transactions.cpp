#include "connection_core.hpp"
#include "open_result.hpp"

#include <azoth/engine/connection.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace azoth::detail {

void connection_core::require(bool claimed, std::string_view what, std::string_view remedy) const {
    if (claimed || engine->options.unchecked) return;
    throw_error(errc::not_supported, fmt::format("{} cannot do {}: {}", server->server.server, what, remedy));
}

void connection_core::begin(const transaction_options& options) {
    const capabilities& can = server->server.can;
    transaction_options with = options;
    if (with.isolation == isolation_level::database_default) with.isolation = isolation;
    require_isolation(with.isolation);
    require(!with.read_only || can.read_only_transactions, "read-only transactions", "leave the transaction's read_only off");
    require(!with.deferrable || can.deferrable_transactions, "deferrable transactions", "leave the transaction's deferrable off");
    require(with.two_phase_id.empty() || can.two_phase, "two-phase commits", "use one transaction");
    guarded("BEGIN", {}, [&] { driver->begin(with); });
    two_phase_id = with.two_phase_id;
    begun_with_ = std::move(with);
    in_transaction = is_fresh = true;
    is_lost = false;
    ++serial;
    engine->events.tell(&event_handlers::begin);
}

/// What a savepoint at the very beginning would do, without its price: SQLite copies each page that a savepoint has to be able to restore.
void connection_core::begin_again() {
    if (is_lost) return;
    guarded("ROLLBACK", {}, [&] { driver->rollback(); });
    guarded("BEGIN", {}, [&] { driver->begin(begun_with_); });
}

/// Where DDL is no part of transactions it commits what runs.
bool connection_core::commits_by_itself(std::string_view sql) const {
    if (server->server.can.ddl_in_transactions) return false;
    const std::string_view word = operation_of(sql);
    const auto is_word = [&](std::string_view ddl) {
        return std::equal(word.begin(), word.end(), ddl.begin(), ddl.end(), [](char a, char b) { return (a & ~0x20) == b; });
    };
    constexpr std::array<std::string_view, 8> words{"CREATE", "ALTER", "DROP", "TRUNCATE", "RENAME", "GRANT", "REVOKE", "LOCK"};
    return std::any_of(words.begin(), words.end(), is_word);
}

/// Raw SQL and DDL may end the transaction. Where it was DDL that committed, the transaction goes on as a new one, so that programs written
/// for databases where DDL is part of it work as well.
void connection_core::note_ended_transaction(std::string_view sql) {
    if (!in_transaction || asks_in_transaction(sql)) return;
    if (commits_by_itself(sql)) guarded("BEGIN", {}, [&] { go_on_after_ddl(); });
    else in_transaction = false;
}

/// The driver may have to ask the server, and to read what is open for that: an error of the rows is theirs, and ends no transaction.
bool connection_core::asks_in_transaction(std::string_view sql) {
    try {
        return driver->in_transaction();
    } catch (const error&) {
        throw;
    } catch (...) {
        fail(sql, {});
    }
}

void connection_core::go_on_after_ddl() {
    driver->begin(begun_with_);
    savepoints_committed_ = savepoints_;
}

void connection_core::commit() {
    if (!in_transaction) return;
    free_connection();
    // A commit that fails leaves the transaction open on some databases (SQLite when busy): it is rolled back, so that the outcome is one.
    try {
        guarded("COMMIT", {}, [&] { driver->commit(); });
    } catch (...) {
        try {
            rollback();
        } catch (const error&) {
            if (pooled) pooled->invalid = true;
        }
        throw;
    }
    in_transaction = false;
    engine->events.tell(&event_handlers::commit);
}

void connection_core::rollback() {
    if (open) open->close();
    if (!in_transaction) return;
    in_transaction = is_lost = false;
    if (is_inherited()) return;  // the parent's transaction goes on
    guarded("ROLLBACK", {}, [&] { driver->rollback(); });
    engine->events.tell(&event_handlers::rollback);
}

namespace {

std::string savepoint_name(int number) { return fmt::format("azoth_{}", number); }

}  // namespace

int connection_core::begin_nested() {
    require(server->server.can.savepoints, "savepoints", "use one transaction");
    free_connection();
    if (!in_transaction) begin({.read_only = reads_only(defaults)});
    is_fresh = false;
    guarded("SAVEPOINT", {}, [&] { driver->savepoint(savepoint_name(savepoints_ + 1)); });
    return ++savepoints_;
}

void connection_core::release(int savepoint) {
    free_connection();
    if (savepoint <= savepoints_committed_) return;
    try {
        guarded("RELEASE SAVEPOINT", {}, [&] { driver->release_savepoint(savepoint_name(savepoint)); });
    } catch (...) {  // PostgreSQL, after an error: what is around the savepoint can go on without it
        try {
            rollback_to(savepoint);
        } catch (const error&) {
            if (pooled) pooled->invalid = true;
        }
        throw;
    }
}

void connection_core::rollback_to(int savepoint) {
    if (open) open->close();
    if (is_lost) return;                                           // with all the rest
    if (savepoint <= savepoints_committed_) return begin_again();  // all that has run since the DDL is the savepoint's
    guarded("ROLLBACK TO SAVEPOINT", {}, [&] {
        driver->rollback_to_savepoint(savepoint_name(savepoint));
        driver->release_savepoint(savepoint_name(savepoint));
    });
}

void connection_core::set_isolation(isolation_level level) {
    if (in_transaction) throw_error(errc::misuse, "the isolation level cannot change inside a transaction: commit or roll back first");
    require_isolation(level);
    isolation = level;
}

void connection_core::require_isolation(isolation_level level) const {
    const bool always = level == isolation_level::database_default || level == isolation_level::autocommit;
    require(always || (server->server.can.isolation_levels & bit(level)) != 0, fmt::format("the isolation level {}", isolation_name(level)),
            "choose one of those that server_profile().can.isolation_levels names");
}

void connection_core::prepare_transaction() {
    free_connection();
    prepared.clear();  // MySQL's drivers leave the session to its transaction, and go on in a new one
    guarded("PREPARE TRANSACTION", {}, [&] { driver->prepare_transaction(two_phase_id); });
    in_transaction = false;
}

void connection_core::commit_prepared(const std::string& id) {
    require(server->server.can.two_phase, "two-phase commits", "use one transaction");
    free_connection();
    guarded("COMMIT PREPARED", {}, [&] { driver->commit_prepared(id); });
    engine->events.tell(&event_handlers::commit);
}

void connection_core::rollback_prepared(const std::string& id) {
    require(server->server.can.two_phase, "two-phase commits", "use one transaction");
    free_connection();
    guarded("ROLLBACK PREPARED", {}, [&] { driver->rollback_prepared(id); });
    engine->events.tell(&event_handlers::rollback);
}

void connection_core::ping(const deadline& until) {
    free_connection();
    guarded("ping", {}, [&] { driver->ping(until); });
}

void connection_core::leave() noexcept {
    try {
        rollback();
    } catch (...) {  // the pool sees the connection's state itself
        if (pooled) pooled->invalid = true;
    }
    drop_spare_results();
    if (pooled && pooled->dirty && !is_inherited()) prepared.clear();  // the pool's full reset kills them on the server
    isolation = engine->options.isolation;
    if (has_defaults_) {
        defaults = {};
        has_defaults_ = false;
    }
    engine_defaults.reset();
    pooled = nullptr;
    ++loan;
}

}  // namespace azoth::detail

namespace azoth {

transaction::transaction(std::shared_ptr<detail::connection_core> core, int savepoint) noexcept
    : core_{std::move(core)}, savepoint_{savepoint}, serial_{core_->serial} {}

transaction::transaction(transaction&& other) noexcept = default;

bool transaction::is_active() const noexcept {
    if (!core_ || !core_->pooled) return false;
    return prepared_.empty() ? core_->in_transaction && core_->serial == serial_ : core_->loan == serial_;
}

transaction::~transaction() {
    if (!prepared_.empty() && is_active() && core_->in_transaction && core_->engine->options.log) {
        core_->engine->options.log(log_level::warning,
                                   fmt::format("the prepared transaction \"{}\" is left undecided: its handle went while "
                                               "another transaction ran on the connection",
                                               prepared_));
        return;
    }
    try {
        rollback();
    } catch (...) {  // a destructor cannot tell; the connection is not to be trusted any more
        if (core_->pooled) core_->pooled->invalid = true;
    }
}

void transaction::require_decidable() const {
    if (!prepared_.empty() && core_->in_transaction)
        throw_error(errc::misuse, "another transaction runs on the connection of the prepared one: commit it or roll it back first");
}

void transaction::commit() {
    if (!is_active()) throw_error(errc::misuse, "the transaction is over already: it was ended before, or its connection was");
    require_decidable();
    serial_ = over;  // whatever comes
    if (!prepared_.empty()) core_->commit_prepared(prepared_);
    else if (savepoint_ == 0) core_->commit();
    else core_->release(savepoint_);
}

void transaction::rollback() {
    if (!is_active()) return;
    require_decidable();
    serial_ = over;
    if (!prepared_.empty()) core_->rollback_prepared(prepared_);
    else if (savepoint_ == 0) core_->rollback();
    else core_->rollback_to(savepoint_);
}

void transaction::prepare() {
    if (!is_active() || !prepared_.empty()) throw_error(errc::misuse, "the transaction is prepared already, or over");
    if (savepoint_ != 0 || core_->two_phase_id.empty())
        throw_error(errc::misuse, "only a transaction begun with transaction_options::two_phase_id can be prepared");
    std::string id = core_->two_phase_id;
    core_->prepare_transaction();
    prepared_ = std::move(id);
    serial_ = core_->loan;
}

}  // namespace azoth
