#include "connection_base.hpp"

#include "classify.hpp"
#include "two_phase.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <thread>
#include <utility>

namespace azoth::mysql {
namespace {

using std::chrono::milliseconds;

std::string_view level_words(isolation_level level) {
    switch (level) {
        case isolation_level::read_uncommitted:
        case isolation_level::read_committed:
        case isolation_level::repeatable_read:
        case isolation_level::serializable: return isolation_name(level);
        default:
            throw_error(errc::not_supported, fmt::format("MySQL and MariaDB have no isolation level {}: they have READ UNCOMMITTED, READ "
                                                         "COMMITTED, REPEATABLE READ and SERIALIZABLE",
                                                         isolation_name(level)));
    }
}

constexpr int unknown_xid = 1397;  // XAER_NOTA
constexpr milliseconds patience_for_ending{2000};
constexpr milliseconds pause_between_tries{10};
constexpr milliseconds not_known{-1};

/// What the server takes as a limit: a year, MySQL 32 bits of milliseconds.
milliseconds longest_limit(const server_facts& of) {
    return of.is_mariadb() ? milliseconds{std::chrono::hours{24 * 365}} : milliseconds{UINT32_MAX};
}

/// A limit a little behind the client's own, so that the client is the one who tells.
milliseconds limit_for(milliseconds left) { return left + std::max(left / 2, milliseconds{1000}); }

}  // namespace

connection_base::connection_base(settings wanted, driver_facts driver, milliseconds control_timeout)
    : settings_{std::move(wanted)}, driver_{std::move(driver)}, control_timeout_{control_timeout} {}

deadline connection_base::control_deadline() const { return control_timeout_.count() > 0 ? deadline::after(control_timeout_) : deadline{}; }

std::string connection_base::kill_sql() const { return fmt::format("KILL QUERY {}", server_.connection_id); }

void connection_base::set_up(std::string_view version_told, const connect_args& args) {
    server_ = read_version(version_told);
    if (!args.any_version) check_version(server_);
    set_up_session(args.until);
    default_isolation_ = server_.isolation;
    fill_profile(profile_, server_, driver_);
}

void connection_base::set_up_session(const deadline& until) {
    run(setup_sql(settings_, server_, driver_), until);
    const auto answer = query(verification_sql(server_), until);
    verify_setup(answer.empty() ? text_row{} : answer.front(), settings_, server_);
    session_isolation_ = server_.isolation;
    limit_ = milliseconds{0};
    has_begun_ = false;
}

void connection_base::before_statement(const deadline& until) {
    if (!has_begun_) use_isolation(default_isolation_, until.is_set() ? until : control_deadline());
    limit_statement(until);
}

void connection_base::limit_statement(const deadline& until) {
    if (!until.is_set()) {
        if (limit_.count() == 0) return;
        tell_limit(server_.statement_limit, milliseconds{0}, control_deadline());
        return;
    }
    const milliseconds left = std::min(until.remaining(), longest_limit(server_) / 2);
    if (limit_ >= left && limit_ <= left * 2 + milliseconds{2000}) return;
    const milliseconds limit = limit_for(left);
    tell_limit(
        server_.is_mariadb() ? fmt::format("{}.{:03}", limit.count() / 1000, limit.count() % 1000) : fmt::format("{}", limit.count()),
        limit, until);
}

/// Where it is ended on the way, nobody knows which limit is in force.
void connection_base::tell_limit(std::string_view value, milliseconds limit, const deadline& until) {
    limit_ = not_known;
    run_ahead(fmt::format("SET {} = {}", server_.is_mariadb() ? "max_statement_time" : "max_execution_time", value), until);
    limit_ = limit;
}

/// The session keeps a level, so that transactions of the same one cost nothing.
void connection_base::use_isolation(isolation_level level, const deadline& until) {
    if (level == isolation_level::database_default || level == isolation_level::autocommit) level = default_isolation_;
    if (level == session_isolation_) return;
    const std::string_view words = level_words(level);
    session_isolation_ = isolation_level::database_default;  // not known, where this is ended on the way
    run_ahead(fmt::format("SET SESSION TRANSACTION ISOLATION LEVEL {}", words), until);
    session_isolation_ = level;
}

void connection_base::begin(const transaction_options& options) {
    if (!options.mode.empty())
        throw_error(errc::invalid_argument,
                    fmt::format("MySQL and MariaDB have no transaction mode \"{}\": leave the transaction's mode empty", options.mode));
    const bool read_only = options.read_only || default_read_only_;
    use_isolation(options.isolation, control_deadline());
    if (options.two_phase_id.empty()) {
        run(read_only ? "START TRANSACTION READ ONLY" : "START TRANSACTION", control_deadline());
        has_begun_ = true;
        return;
    }
    if (read_only)
        throw_error(errc::invalid_argument, "a two-phase transaction that only reads has nothing to prepare: leave read_only off");
    std::string id = xid(options.two_phase_id, server_.database);
    run("XA START " + id, control_deadline());
    xid_ = std::move(id);
    has_begun_ = true;
}

void connection_base::end_xa() { run("XA END " + xid_, control_deadline()); }

/// Ends the distributed transaction, whether its work could be ended orderly or not (after a deadlock, say).
void connection_base::rollback_xa() {
    try {
        end_xa();
    } catch (const native_error& e) {
        if (is_disconnect(e.code())) throw;
    }
    run("XA ROLLBACK " + std::exchange(xid_, {}), control_deadline());
}

void connection_base::commit() {
    has_begun_ = false;
    if (xid_.empty()) return run("COMMIT", control_deadline());
    end_xa();
    run(fmt::format("XA COMMIT {} ONE PHASE", xid_), control_deadline());
    xid_.clear();
}

void connection_base::rollback() {
    has_begun_ = false;
    if (!xid_.empty()) return rollback_xa();
    if (in_transaction()) run("ROLLBACK", control_deadline());
}

bool connection_base::in_transaction() const { return !xid_.empty() || server_in_transaction(); }

void connection_base::savepoint(std::string_view name) { run(fmt::format("SAVEPOINT {}", name), control_deadline()); }
void connection_base::release_savepoint(std::string_view name) { run(fmt::format("RELEASE SAVEPOINT {}", name), control_deadline()); }
void connection_base::rollback_to_savepoint(std::string_view name) {
    run(fmt::format("ROLLBACK TO SAVEPOINT {}", name), control_deadline());
}

/// The server ties a prepared transaction to the session that prepared it, which can then do nothing else, and lets nobody else decide
/// while that session lives.
void connection_base::prepare_transaction(std::string_view id) {
    if (xid_ != xid(id, server_.database))
        throw_error(errc::misuse, fmt::format("no transaction with the two-phase id \"{}\" runs on this connection", id));
    end_xa();
    run("XA PREPARE " + xid_, control_deadline());
    xid_.clear();
    has_begun_ = false;
    if (server_.is_at_least(0, 8'00'29)) return;  // xa_detach_on_prepare
    try {
        leave_prepared();
    } catch (const std::exception&) {
        // It is prepared all the same. The connection is lost, and says so to whoever uses it next.
    }
}

void connection_base::commit_prepared(std::string_view id) { decide("XA COMMIT ", id); }
void connection_base::rollback_prepared(std::string_view id) { decide("XA ROLLBACK ", id); }

/// The session that prepared it may have ended for its client, and not yet for the server, which till then says that there is none such.
void connection_base::decide(std::string_view verb, std::string_view id) {
    const std::string sql = std::string{verb} + xid(id, server_.database);
    const deadline patience = deadline::after(patience_for_ending);
    for (;;) {
        try {
            return run(sql, control_deadline());
        } catch (const native_error& e) {
            if (e.code() != unknown_xid || patience.has_passed() || !is_prepared(id)) throw;
        }
        std::this_thread::sleep_for(pause_between_tries);
    }
}

bool connection_base::is_prepared(std::string_view id) {
    const auto ids = prepared_transactions();
    return std::ranges::find(ids, id) != ids.end();
}

std::vector<std::string> connection_base::prepared_transactions() {
    return ids_of(query("XA RECOVER", control_deadline()), server_.database);
}

void connection_base::set_isolation(isolation_level level) {
    if (level == isolation_level::database_default) level = server_.isolation;
    if (level != isolation_level::autocommit) (void)level_words(level);
    default_isolation_ = level == isolation_level::autocommit ? server_.isolation : level;
}

void connection_base::set_read_only(bool read_only) { default_read_only_ = read_only; }

void connection_base::start_over(const deadline& until) {
    xid_.clear();
    default_read_only_ = false;
    set_up_session(until);
    default_isolation_ = server_.isolation;
}

bool connection_base::reset() {
    if (!reset_session(control_deadline())) return false;
    start_over(control_deadline());
    // From the database that a USE has chosen there is no way back to none.
    return settings_.database.empty() == server_.database.empty();
}

}  // namespace azoth::mysql
