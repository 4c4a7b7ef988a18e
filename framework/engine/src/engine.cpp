#include <azoth/engine/engine.hpp>
#include <azoth/engine/resolver.hpp>

#include "connection_core.hpp"
#include "containment.hpp"

#include <azoth/driver/check_url.hpp>
#include <azoth/plugin/registry.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <random>
#include <thread>

namespace azoth {

engine_resolver::~engine_resolver() = default;

namespace {

using detail::connection_core;
using detail::engine_core;

/// What a driver throws while it connects, as Azoth's own errors; the URL is named without its password.
template <class F>
auto connecting(const engine_core& core, F&& work) {
    try {
        return work();
    } catch (const native_error& e) {
        const error_class verdict = detail::verdict_of(*core.sql, e);
        error_details details;
        details.sqlstate = verdict.sqlstate.empty() ? e.sqlstate() : verdict.sqlstate;
        details.native_code = e.code();
        const errc code = verdict.code == errc::operational || verdict.disconnect ? errc::connect_failed : verdict.code;
        throw_error(
            code,
            fmt::format("cannot open {}: {}{}{}", core.target.to_string(), e.message(), verdict.remedy.empty() ? "" : ": ", verdict.remedy),
            std::move(details));
    } catch (...) {
        detail::rethrow_contained(*core.sql);
    }
}

pool_events events_for(engine_core& core) {
    pool_events events;
    events.connect = [&core](pooled_connection& c) {
        const auto made = connecting(core, [&] { return std::make_shared<connection_core>(core, *c.driver); });
        c.extra = made;
        core.events.tell(&event_handlers::connect, made->server->server);
    };
    events.checkout = [&core](pooled_connection&) { core.events.tell(&event_handlers::checkout); };
    events.checkin = [&core](pooled_connection&) { core.events.tell(&event_handlers::checkin); };
    events.invalidate = [&core](pooled_connection&, const std::string& reason) {
        core.events.tell(&event_handlers::invalidate, std::string_view{reason});
    };
    return events;
}

void start_pool(engine_core& core) {
    pool_options options = core.options.pool;
    const auto hint = detail::contained(*core.sql, [&] { return core.sql->suggested_pool(core.target); });
    if (!core.options.pool_kind_said && hint == dialect::pool_hint::shared_connection) options.kind = pool_kind::shared;
    core.connections = pool::create(
        [&core](const deadline& until) {
            return connecting(core, [&] {
                const connect_args args{
                    .target = core.target,
                    .wait = blocking_waiter(),
                    .until = until.is_set() ? until : deadline::after(core.options.connect_timeout),
                    .log = core.options.log,
                    .messages = [&core](const server_message& m) { core.events.tell(&event_handlers::message, m); },
                    .control_timeout = core.options.control_timeout,
                };
                auto made = core.sql->connect(args);
                if (!made) detail::throw_misbehaviour(detail::driver_name(*core.sql), "connect() returned null");
                return made;
            });
        },
        options, events_for(core));
}

}  // namespace

engine create_engine(const url& target, engine_options options) {
    auto dialect = dialect_registry::instance().find(target.scheme());
    detail::contained(*dialect, [&] {
        check_url_options(dialect->info(), target);
        dialect->check_url(target);
    });
    auto core = std::make_shared<engine_core>(target, std::move(dialect), std::move(options));
    start_pool(*core);
    const execution_options& defaults = core->options.execution;
    detail::check_options(defaults);
    auto kept = detail::is_silent(defaults) ? nullptr : std::make_shared<const execution_options>(defaults);
    return engine{std::move(core), std::move(kept)};
}

engine create_engine(std::string_view target, engine_options options) { return create_engine(url::parse(target), std::move(options)); }

connection engine::connect_with(lease from) const {
    connection c{core_, std::move(from)};
    if (defaults_) {
        c.core().engine_defaults = defaults_;
        c.core().set_options(*defaults_);
    }
    return c;
}

connection engine::connect(const deadline& until) const { return connect_with(core_->connections->checkout(until)); }
connection engine::connect(std::string_view holder, const deadline& until) const {
    return connect_with(core_->connections->checkout(holder, until));
}

engine engine::with_options(const execution_options& options) const {
    detail::check_options(options);
    return engine{core_, std::make_shared<const execution_options>(defaults_ ? merged(*defaults_, options) : options)};
}

std::string engine::plan_of(const node_ptr& statement, std::span<const argument> args, const explain_options& how) const {
    connection c = connect("explain");
    const transaction undone = c.begin();
    return c.plan_of(statement, args, how);
}

const url& engine::url() const noexcept { return core_->target; }
const dialect& engine::dialect() const noexcept { return *core_->sql; }
pool& engine::pool() const noexcept { return *core_->connections; }
cache_metrics engine::statement_cache() const noexcept { return {core_->cache.size(), core_->cache.hits(), core_->cache.misses()}; }

std::string engine::print(const node& statement) const {
    const class dialect& sql = *core_->sql;
    const bool translates = defaults_ && !defaults_->schemas.empty();
    const compile_options how{.unchecked = true, .inline_values = true, .schemas = translates ? &defaults_->schemas : nullptr};
    profile server;
    detail::contained(sql, [&] { sql.default_profile(server); });
    return compiler{detail::rules_of(sql), server, how}.run(statement).sql;
}

subscription engine::subscribe(event_handlers handlers) const { return core_->events.add(std::move(handlers)); }
void engine::dispose() const { core_->connections->close(); }

void engine::with_executor(const std::function<void(executor&)>& work) const { connect("schema").with_executor(work); }

void engine::pause_before_retry(int attempt, const retry_options& options) {
    thread_local std::minstd_rand random{std::random_device{}()};
    const auto longest = std::min(options.first_pause * (std::int64_t{1} << std::min(attempt - 1, 16)), std::chrono::milliseconds{1000});
    std::uniform_int_distribution<std::int64_t> half{longest.count() / 2, std::max<std::int64_t>(longest.count(), 1)};
    std::this_thread::sleep_for(std::chrono::milliseconds{half(random)});
}

}  // namespace azoth
