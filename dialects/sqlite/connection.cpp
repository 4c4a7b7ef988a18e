#include "connection.hpp"

#include "exec.hpp"
#include "open.hpp"
#include "profile.hpp"
#include "sql_text.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace azoth::sqlite {
namespace {

std::string begin_word(std::string_view said, const std::string& otherwise) {
    if (said.empty()) return otherwise;
    for (const char* word : {"DEFERRED", "IMMEDIATE", "EXCLUSIVE"})
        if (same_word(said, word)) return word;
    throw_error(errc::invalid_argument,
                fmt::format("SQLite has no transaction mode \"{}\": it has DEFERRED, IMMEDIATE and EXCLUSIVE", said));
}

}  // namespace

connection::connection(settings to, const connect_args& args)
    : settings_{std::move(to)}, session_{std::make_shared<session>(args.wait, settings_.busy_timeout, settings_.path)}, bulk_{session_} {
    database_handle db = open_database(settings_);
    const session::watch watch{*session_, args.until, nullptr};
    set_up(*session_, std::move(db), settings_);
    if (settings_.in_memory) original_ = read_pragmas(*session_);
    fill_profile(profile_, sqlite3_libversion_number(), settings_.shared_cache);
    profile_.can.max_parameters = static_cast<std::uint32_t>(sqlite3_limit(session_->db(), SQLITE_LIMIT_VARIABLE_NUMBER, -1));
    profile_.can.max_value_bytes = static_cast<std::uint64_t>(sqlite3_limit(session_->db(), SQLITE_LIMIT_LENGTH, -1));
}

connection::~connection() { close(); }

std::unique_ptr<prepared_statement> connection::prepare(std::string_view sql) { return std::make_unique<prepared>(session_, sql); }

std::unique_ptr<cursor> connection::execute(std::string_view sql, std::span<const cell> parameters, const execute_options& options) {
    auto once = std::make_unique<statement>(session_, sql, statement::lifetimes::once);
    once->start(parameters, options);
    return once;
}

batch_result connection::insert_many(const batch_plan& plan, row_source& rows, row_sink* returned, const execute_options& options) {
    return bulk_.insert(plan, rows, returned, options);
}

void connection::run_kept(const std::string& sql) {
    auto found = std::find_if(kept_.begin(), kept_.end(), [&](const auto& k) { return k.first == sql; });
    if (found == kept_.end()) {
        kept_.emplace_back(sql, std::make_unique<statement>(session_, sql, statement::lifetimes::kept));
        found = std::prev(kept_.end());
    }
    found->second->start({}, {});
    found->second->close();
}

void connection::forget_statements() noexcept {
    kept_.clear();
    bulk_.forget();
}

bool connection::reads_uncommitted(isolation_level level) const {
    if (level == isolation_level::database_default || level == isolation_level::autocommit) level = isolation_;
    if (level == isolation_level::serializable) return false;
    if (level == isolation_level::read_uncommitted && settings_.shared_cache) return true;
    throw_error(
        errc::not_supported,
        level == isolation_level::read_uncommitted
            ? "SQLite reads uncommitted data between connections with a shared cache only: use the option cache=shared"
            : "SQLite's transactions are serializable: it has no other isolation level, but for read_uncommitted with cache=shared");
}

void connection::begin(const transaction_options& options) {
    const std::string word = begin_word(options.mode, settings_.begin_mode);
    const bool uncommitted = reads_uncommitted(options.isolation);
    const bool read_only = options.read_only || read_only_;
    if (read_only && word != "DEFERRED" && !options.mode.empty())
        throw_error(errc::invalid_argument,
                    fmt::format("a transaction that only reads takes no lock for writing: begin it without \"{}\"", options.mode));
    if (uncommitted != transaction_reads_uncommitted_)
        run(*session_, uncommitted ? "PRAGMA read_uncommitted = on" : "PRAGMA read_uncommitted = off");
    transaction_reads_uncommitted_ = uncommitted;
    run_kept(read_only ? "BEGIN DEFERRED" : "BEGIN " + word);
    if (read_only) run(*session_, "PRAGMA query_only = on");
    transaction_is_read_only_ = read_only;
}

void connection::end_transaction() {
    if (!std::exchange(transaction_is_read_only_, false)) return;
    run(*session_, "PRAGMA query_only = off");
}

void connection::commit() {
    run_kept("COMMIT");
    end_transaction();
}

void connection::rollback() {
    // Some errors make SQLite roll back by itself: a full disk, for one.
    if (in_transaction()) run_kept("ROLLBACK");
    end_transaction();
}

bool connection::in_transaction() const { return session_->db() && sqlite3_get_autocommit(session_->db()) == 0; }

void connection::savepoint(std::string_view name) { run(*session_, fmt::format("SAVEPOINT {}", name)); }
void connection::release_savepoint(std::string_view name) { run(*session_, fmt::format("RELEASE {}", name)); }
void connection::rollback_to_savepoint(std::string_view name) { run(*session_, fmt::format("ROLLBACK TO {}", name)); }

void connection::set_isolation(isolation_level level) {
    if (level == isolation_level::database_default) level = isolation_level::serializable;
    (void)reads_uncommitted(level);
    isolation_ = level;
}

void connection::ping(const deadline& until) {
    session_->forget_interrupt();
    const session::watch watch{*session_, until, nullptr};
    run(*session_, "SELECT 1");
}

bool connection::reset() {
    forget_statements();
    isolation_ = isolation_level::serializable;
    read_only_ = transaction_is_read_only_ = transaction_reads_uncommitted_ = false;
    if (settings_.in_memory) return clean(*session_, settings_, original_);
    try {
        reopen(*session_, settings_);
        return true;
    } catch (const std::exception&) {  // whoever connects next learns why
        return false;
    }
}

void connection::close() noexcept {
    forget_statements();
    if (!session_->is_abandoned()) session_->detach();
}

}  // namespace azoth::sqlite
