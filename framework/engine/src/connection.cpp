#include <azoth/engine/connection.hpp>

#include "connection_core.hpp"
#include "open_result.hpp"
#include "schema_executor.hpp"

#include <fmt/format.h>

namespace azoth {

connection::connection(std::shared_ptr<detail::engine_core> engine, lease from) : engine_{std::move(engine)}, lease_{std::move(from)} {
    core().pooled = &*lease_;
}

connection::connection(connection&& other) noexcept = default;

connection& connection::operator=(connection&& other) noexcept {
    close();
    engine_ = std::move(other.engine_);
    lease_ = std::move(other.lease_);
    return *this;
}

connection::~connection() { close(); }

detail::connection_core& connection::core() const {
    if (!lease_) throw_error(errc::closed, "the connection is closed: it has been given back to its pool");
    return *static_cast<detail::connection_core*>(lease_->extra.get());
}

std::shared_ptr<detail::connection_core> connection::shared_core() const {
    return std::static_pointer_cast<detail::connection_core>(lease_->extra);
}

void connection::close() noexcept {
    if (!lease_) return;
    core().leave();
    lease_.release();
}

void connection::invalidate(const std::string& reason) noexcept {
    if (!lease_) return;
    core().leave();
    lease_.invalidate(reason);
}

result connection::run(node_ptr statement, std::span<const argument> args, const execution_options& options) {
    return result{core().run(std::move(statement), args, options)};
}

result connection::insert_rows(const node_handle<insert_node>& statement, detail::typed_row_source& rows,
                               const execution_options& options) {
    return result{core().insert_rows(statement, rows, options)};
}

std::vector<result> connection::run_batch(std::span<const node_ptr> statements, const execution_options& options) {
    std::vector<result> results;
    for (auto& r : core().run_batch(statements, options)) results.emplace_back(result{std::move(r)});
    return results;
}

transaction connection::begin(const transaction_options& options) {
    if (core().in_transaction)
        throw_error(errc::misuse,
                    "a transaction is open on this connection already (a statement begins one by itself): commit or roll back first, or "
                    "use begin_nested()");
    core().free_connection();
    transaction_options with = options;
    with.read_only = with.read_only || core().reads_only(core().defaults);
    core().begin(with);
    return transaction{shared_core(), 0};
}

transaction connection::begin_nested() {
    const int savepoint = core().begin_nested();
    return transaction{shared_core(), savepoint};
}
void connection::commit() { core().commit(); }
void connection::rollback() { core().rollback(); }
bool connection::in_transaction() const noexcept { return lease_ && core().in_transaction; }
void connection::set_isolation(isolation_level level) { core().set_isolation(level); }

void connection::set_options(const execution_options& options) {
    const auto& base = core().engine_defaults;
    execution_options all = base ? merged(*base, options) : options;
    all.isolation = options.isolation;  // the engine's came with the connection, and set_isolation may have changed it since
    core().set_options(std::move(all));
}

std::string connection::plan_of(const node_ptr& statement, std::span<const argument> args, const explain_options& how) {
    return core().explain(statement, args, how);
}

cache_metrics connection::prepared_statements() const {
    const detail::prepared_cache& kept = core().prepared;
    return {kept.size(), kept.hits(), kept.misses()};
}

const profile& connection::server_profile() const noexcept { return core().server->server; }
void connection::ping(const deadline& until) { core().ping(until); }

namespace {

void refuse_inside_transaction(const detail::connection_core& core) {
    if (core.in_transaction) throw_error(errc::misuse, "a transaction is open on this connection: commit or roll back first");
}

}  // namespace

std::vector<std::string> connection::prepared_transactions() {
    detail::connection_core& c = core();
    c.require(c.server->server.can.two_phase, "two-phase commits", "use one transaction");
    c.free_connection();
    return c.guarded("prepared transactions", {}, [&] { return c.driver->prepared_transactions(); });
}

void connection::commit_prepared(const std::string& id) {
    refuse_inside_transaction(core());
    core().commit_prepared(id);
}

void connection::rollback_prepared(const std::string& id) {
    refuse_inside_transaction(core());
    core().rollback_prepared(id);
}

bool connection::wait_for_notification(const deadline& until, const stop_token& stop) {
    detail::connection_core& c = core();
    c.require(c.server->server.can.notifications, "notifications", "poll a table");
    refuse_inside_transaction(c);  // notifications come between transactions, and LISTEN itself counts from its commit
    c.free_connection();
    return c.guarded("notifications", {}, [&] { return c.driver->wait_for_notification(until, stop); });
}

void connection::cancel() noexcept {
    if (lease_) lease_->driver->cancel();
}

driver_connection& connection::driver() {
    core().free_connection();
    core().is_fresh = false;
    lease_->dirty = true;
    return *lease_->driver;
}

void connection::with_executor(const std::function<void(executor&)>& work) const {
    detail::connection_core& c = core();
    detail::schema_executor on{c};
    if (c.in_transaction) return work(on);
    c.begin({.read_only = c.reads_only(c.defaults)});
    try {
        work(on);
    } catch (...) {
        c.rollback();
        throw;
    }
    c.commit();
}

}  // namespace azoth
