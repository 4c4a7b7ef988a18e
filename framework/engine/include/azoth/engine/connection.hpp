#pragma once

#include <azoth/engine/argument.hpp>
#include <azoth/engine/options.hpp>
#include <azoth/engine/result.hpp>
#include <azoth/engine/row_sources.hpp>
#include <azoth/sql/cte.hpp>
#include <azoth/sql/dml.hpp>
#include <azoth/sql/executor.hpp>
#include <azoth/sql/explain.hpp>
#include <azoth/sql/text.hpp>

#include <memory>
#include <ranges>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

namespace azoth {

class engine;

namespace detail {
class connection_core;
class engine_core;
template <class S>
struct rows_of;
template <class... Ts>
struct rows_of<std::tuple<Ts...>> {
    using type = rows<Ts...>;
};
template <>
struct rows_of<std::tuple<>> {
    using type = result;
};
template <class S>
using rows_of_t = typename rows_of<typename S::row_type>::type;
/// Whether all of a statement's values come in rows: in braces they look like named arguments.
template <class S>
inline constexpr bool takes_rows_v = false;
template <class E, class C, class... Ts>
inline constexpr bool takes_rows_v<insert_of_columns<E, C, Ts...>> = true;
}  // namespace detail

template <class S>
concept executable = requires(const S& s) {
    typename S::row_type;
    { s.node() } -> std::convertible_to<node_ptr>;
};

class connection;

/// What a cache has kept, and how often it had what was asked for.
struct cache_metrics {
    std::size_t size{};
    std::uint64_t hits{};
    std::uint64_t misses{};
    /// Between 0 and 1; 0 where nothing was asked for.
    [[nodiscard]] double hit_rate() const noexcept {
        const auto asked = static_cast<double>(hits + misses);
        return asked == 0 ? 0 : static_cast<double>(hits) / asked;
    }
};

/// A transaction in progress; rolls back when it is destroyed before `commit`. Move-only.
class AZOTH_API transaction {
public:
    transaction(transaction&& other) noexcept;
    transaction& operator=(transaction&&) = delete;
    ~transaction();

    /// Throws what the database says, such as serialization_error; the transaction is over then too, and what a savepoint held is undone.
    /// A prepared transaction is decided outside any other: throws usage_error (misuse) while one runs on its connection.
    void commit();
    void rollback();
    /// The first phase of a two-phase commit, for a transaction begun with a `two_phase_id`: from then on the server keeps it, whatever
    /// becomes of this process, until `commit` or `rollback` decide; where the process dies, `connection::prepared_transactions` finds it
    /// again. The connection is free for other statements meanwhile.
    void prepare();
    /// Whether it is still to be committed or rolled back; not so once its connection has ended it, or was closed.
    [[nodiscard]] bool is_active() const noexcept;

private:
    friend class connection;
    static constexpr std::uint64_t over = ~std::uint64_t{};
    transaction(std::shared_ptr<detail::connection_core> core, int savepoint) noexcept;
    void require_decidable() const;
    std::shared_ptr<detail::connection_core> core_;
    int savepoint_;           ///< its number; 0: the outermost transaction
    std::string prepared_{};  ///< the id under which the server keeps it
    std::uint64_t serial_;    ///< which of the connection's transactions it is; once prepared, of its loans
};

/// A connection on loan from an engine's pool; gives it back when destroyed, rolled back where nothing was committed. Move-only, for one
/// thread at a time. The first statement begins a transaction by itself; `commit` ends it.
class AZOTH_API connection : public executor_source {
public:
    connection(connection&& other) noexcept;
    connection& operator=(connection&& other) noexcept;
    ~connection() override;

    /// Runs a statement. Rows of a typed statement are typed; errors are those of the database, see <azoth/base/error.hpp>.
    template <executable S>
    requires(!detail::takes_rows_v<S>) detail::rows_of_t<S> execute(const S& statement, arguments args = {},
                                                                    const execution_options& options = {}) {
        return detail::rows_of_t<S>{run(statement.node(), {args.begin(), args.size()}, options)};
    }
    /// The same with arguments collected at run time.
    template <executable S>
    detail::rows_of_t<S> execute(const S& statement, std::span<const argument> args, const execution_options& options = {}) {
        return detail::rows_of_t<S>{run(statement.node(), args, options)};
    }
    /// Inserts many objects by the dialect's fastest way, in input order where rows are returned. Either every object brings its generated
    /// key or none does. All or nothing: a failing row undoes the batch.
    template <class T, class... Ts, std::ranges::input_range R>
    requires mapped<T> &&(!std::same_as<std::ranges::range_value_t<R>, argument>)&&(
        !std::same_as<std::ranges::range_value_t<R>, std::vector<value>>)auto execute(const insert_statement<T, Ts...>& statement,
                                                                                      const R& objects,
                                                                                      const execution_options& options = {}) {
        static_assert(std::same_as<std::ranges::range_value_t<R>, T>, "azoth: the objects are of another struct than the insert's");
        static_assert(std::ranges::forward_range<const R> && std::is_lvalue_reference_v<std::ranges::range_reference_t<const R>>,
                      "azoth: the objects have to be a container, or a range that can be read twice: collect them in a vector first");
        detail::object_rows source{entity_of<T>(), objects};
        return detail::rows_of_t<insert_statement<T, Ts...>>{insert_rows(statement.handle(), source, options)};
    }
    /// The same for rows of values, in the order of the statement's `columns`: `execute(insert<T>().columns(a, b), {{"x", 1}, {"y", 2}})`.
    template <class E, class... Ts>
    auto execute(const insert_statement<E, Ts...>& statement, const std::vector<std::vector<value>>& values,
                 const execution_options& options = {}) {
        detail::value_rows source{values};
        return detail::rows_of_t<insert_statement<E, Ts...>>{insert_rows(statement.handle(), source, options)};
    }
    template <class E, class C, class... Ts, std::same_as<arguments> A>
    void execute(const insert_of_columns<E, C, Ts...>&, const A&) {
        static_assert(
            !std::same_as<A, arguments>,
            "azoth: an insert of columns() takes rows and no named arguments: a vector of vectors of values, or braces in braces");
    }
    template <class S>
    requires std::convertible_to<const S&, std::string_view>
    void execute(const S&) {
        static_assert(!std::convertible_to<const S&, std::string_view>,
                      "azoth: raw SQL goes through text(): execute(azoth::text(\"...\"))");
    }
    /// The first field of every row: `scalars(select<Package>())` gives packages.
    template <executable S>
    auto scalars(const S& statement, arguments args = {}) {
        return execute(statement, args).scalars();
    }
    /// The first field of the only row.
    template <executable S>
    auto scalar(const S& statement, arguments args = {}) {
        return execute(statement, args).scalar();
    }

    /// Runs statements in their order and returns their results, read already: in one round trip where the database's protocol can
    /// (PostgreSQL), else one after another. An error is that of the first statement that fails; those behind it have not run.
    template <executable... S>
    requires(sizeof...(S) > 0) auto execute_batch(const S&... statements) {
        const node_ptr nodes[]{statements.node()...};
        auto results = run_batch(nodes, {});
        return [&]<std::size_t... I>(std::index_sequence<I...>) {
            return std::tuple<detail::rows_of_t<S>...>{detail::rows_of_t<S>{std::move(results[I])}...};
        }
        (std::index_sequence_for<S...>{});
    }
    template <executable S>
    auto execute_batch(const std::vector<S>& statements, const execution_options& options = {}) {
        std::vector<node_ptr> nodes;
        nodes.reserve(statements.size());
        for (const S& s : statements) nodes.push_back(s.node());
        std::vector<detail::rows_of_t<S>> typed;
        typed.reserve(statements.size());
        for (result& r : run_batch(nodes, options)) typed.emplace_back(std::move(r));
        return typed;
    }

    /// Begins a transaction; inside one, throws interface_error (misuse): use `begin_nested`.
    [[nodiscard]] transaction begin(const transaction_options& options = {});
    /// A savepoint, in a transaction that is begun where there is none.
    [[nodiscard]] transaction begin_nested();
    /// Ends the transaction that is open, if one is.
    void commit();
    void rollback();
    [[nodiscard]] bool in_transaction() const noexcept;
    /// Two-phase transactions of this database that were prepared and wait for a decision, whoever prepared them; and the decision. Outside
    /// a transaction only.
    [[nodiscard]] std::vector<std::string> prepared_transactions();
    void commit_prepared(const std::string& id);
    void rollback_prepared(const std::string& id);

    /// Waits until a notification arrives for a channel that this connection listens to (PostgreSQL's LISTEN), and hands it to the engine's
    /// `message` handlers; false once the deadline has passed. Outside a transaction only: commit the LISTEN. Throws operational_error
    /// (cancelled) on stop.
    bool wait_for_notification(const deadline& until = {}, const stop_token& stop = {});

    /// For the transactions that follow on this connection; restored when it goes back to the pool. `autocommit`: each statement by itself.
    void set_isolation(isolation_level level);

    /// How statements run on this connection where the call does not say, over what its engine says; they go when the connection goes back
    /// to the pool. An isolation level is refused inside a transaction, as by `set_isolation`.
    void set_options(const execution_options& options);

    /// The database's plan for a statement, for people; JSON where it is asked for and the database has it. Throws not_supported_error
    /// where the database cannot. With `analyze` the statement runs, and writes what it writes.
    template <executable S>
    [[nodiscard]] std::string explain(const S& statement, arguments args = {}, const explain_options& how = {}) {
        return plan_of(statement.node(), {args.begin(), args.size()}, how);
    }
    template <executable S>
    [[nodiscard]] std::string explain(const S& statement, const explain_options& how) {
        return plan_of(statement.node(), {}, how);
    }

    [[nodiscard]] const profile& server_profile() const noexcept;
    /// The prepared statements that are kept for this connection, through all its loans from the pool: a hit is a statement that ran
    /// through one. Not counted are batches, inserts of many rows, and statements whose tags differ each time.
    /// `engine_options::prepared_cache` bounds their number. Throws interface_error (closed).
    [[nodiscard]] cache_metrics prepared_statements() const;
    /// Ends the statement that runs on this connection. The one function that may be called from another thread.
    void cancel() noexcept;
    /// Checks that the server answers.
    void ping(const deadline& until = {});
    /// Gives the connection back; using it afterwards throws interface_error (closed). Idempotent.
    void close() noexcept;
    /// Throws the connection away in place of giving it back: its state is not to be trusted.
    void invalidate(const std::string& reason) noexcept;
    /// The driver's own connection, for what only it can do; the pool resets the connection fully afterwards.
    [[nodiscard]] driver_connection& driver();

    /// For schema work: runs in the open transaction, or in one of its own.
    void with_executor(const std::function<void(executor&)>& work) const override;

    // For what is built on top, which has no statements' types: as `execute` and `execute_batch`.
    result run(node_ptr statement, std::span<const argument> args, const execution_options& options);
    result insert_rows(const node_handle<insert_node>& statement, detail::typed_row_source& rows, const execution_options& options);
    std::vector<result> run_batch(std::span<const node_ptr> statements, const execution_options& options);

private:
    friend class engine;
    connection(std::shared_ptr<detail::engine_core> engine, lease from);
    std::string plan_of(const node_ptr& statement, std::span<const argument> args, const explain_options& how);
    [[nodiscard]] detail::connection_core& core() const;
    [[nodiscard]] std::shared_ptr<detail::connection_core> shared_core() const;

    std::shared_ptr<detail::engine_core> engine_;
    lease lease_;
};

}  // namespace azoth
