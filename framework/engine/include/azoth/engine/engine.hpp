#pragma once

#include <azoth/driver/dialect.hpp>
#include <azoth/engine/connection.hpp>
#include <azoth/engine/events.hpp>
#include <azoth/engine/options.hpp>
#include <azoth/url/url.hpp>

#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>

namespace azoth {

struct retry_options {
    int attempts{5};
    std::chrono::milliseconds first_pause{10};  ///< doubled at each retry, with a random part, up to a second
    transaction_options transaction{};
};

/// Where connections to one database come from: its dialect, its pool and the cache of compiled statements. A cheap shared handle,
/// thread-safe. Connections keep what they need of it alive.
class AZOTH_API engine : public executor_source {
public:
    [[nodiscard]] connection connect(const deadline& until = {}) const;
    /// The same, named for the diagnostics of others who wait for a connection.
    [[nodiscard]] connection connect(std::string_view holder, const deadline& until = {}) const;

    /// Runs `work(connection&)` in a transaction: commits when it returns, rolls back when it throws. Returns what it returns.
    template <class F>
    auto begin(F&& work, const transaction_options& options = {}) const {
        connection c = connect();
        transaction t = c.begin(options);
        if constexpr (std::is_void_v<std::invoke_result_t<F, connection&>>) {
            work(c);
            t.commit();
        } else {
            auto value = work(c);
            t.commit();
            return value;
        }
    }
    /// As `begin`, and runs `work` again in a new transaction where the failure is one that a retry can cure (error::is_retryable): a
    /// serialization failure, a deadlock, a busy database. `work` must have no effect outside the database.
    template <class F>
    auto run_transaction(F&& work, const retry_options& options = {}) const {
        for (int attempt = 1;; ++attempt) {
            try {
                return begin(work, options.transaction);
            } catch (const error& e) {
                if (!e.is_retryable() || attempt >= options.attempts) throw;
                pause_before_retry(attempt, options);
            }
        }
    }

    /// The same engine, pool and caches included, for statements that run with these options where neither call nor connection say
    /// otherwise: one handle a tenant, or one for reports that only read.
    [[nodiscard]] engine with_options(const execution_options& options) const;

    /// The database's plan for a statement, see connection::explain; what `analyze` has written is rolled back.
    template <executable S>
    [[nodiscard]] std::string explain(const S& statement, arguments args = {}, const explain_options& how = {}) const {
        return plan_of(statement.node(), {args.begin(), args.size()}, how);
    }
    template <executable S>
    [[nodiscard]] std::string explain(const S& statement, const explain_options& how) const {
        return plan_of(statement.node(), {}, how);
    }

    [[nodiscard]] const azoth::url& url() const noexcept;
    [[nodiscard]] const azoth::dialect& dialect() const noexcept;
    [[nodiscard]] azoth::pool& pool() const noexcept;
    [[nodiscard]] cache_metrics statement_cache() const noexcept;
    /// Compiles a statement as this engine's database would get it, values as literals: for people.
    template <executable S>
    [[nodiscard]] std::string to_sql(const S& statement) const {
        return print(*statement.node());
    }
    /// Calls the handlers until the subscription is destroyed. Thread-safe; statements that run already may miss them.
    [[nodiscard]] subscription subscribe(event_handlers handlers) const;
    /// Closes idle connections, and others when they come back. Later `connect`s throw interface_error (closed).
    void dispose() const;

    void with_executor(const std::function<void(executor&)>& work) const override;

private:
    friend AZOTH_API engine create_engine(const azoth::url& target, engine_options options);
    engine(std::shared_ptr<detail::engine_core> core, std::shared_ptr<const execution_options> defaults) noexcept
        : core_{std::move(core)}, defaults_{std::move(defaults)} {}
    [[nodiscard]] connection connect_with(lease from) const;
    [[nodiscard]] std::string print(const node& statement) const;
    [[nodiscard]] std::string plan_of(const node_ptr& statement, std::span<const argument> args, const explain_options& how) const;
    static void pause_before_retry(int attempt, const retry_options& options);

    std::shared_ptr<detail::engine_core> core_;
    std::shared_ptr<const execution_options> defaults_;  ///< null: nothing said
};

/// Finds and loads the URL's dialect and makes an engine; opens no connection yet. Throws url_error, plugin_error.
[[nodiscard]] AZOTH_API engine create_engine(const azoth::url& target, engine_options options = {});
[[nodiscard]] AZOTH_API engine create_engine(std::string_view target, engine_options options = {});

}  // namespace azoth
