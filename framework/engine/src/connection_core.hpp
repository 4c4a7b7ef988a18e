#pragma once

#include "call_options.hpp"
#include "engine_core.hpp"
#include "prepared_cache.hpp"

#include <azoth/engine/connection.hpp>
#include <azoth/sql/expand.hpp>

#include <exception>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace azoth::detail {

/// A statement's first word: "SELECT".
std::string_view operation_of(std::string_view sql) noexcept;

struct open_result;
/// Results that were closed, kept with their memory for the next statement.
struct spare_results {
    std::vector<std::unique_ptr<open_result>> kept{};
    bool is_closed{};  ///< the loan is over: what comes home now is not kept
};

/// What a program's function threw that computes a default: it passes the driver's code as it is, no failure of the database's.
struct default_failure {
    std::exception_ptr cause;
};
/// A default's value; throws default_failure.
value made_by(const value_maker& maker);

/// What Azoth keeps beside a driver's connection for as long as that lives: its prepared statements, its scratch memory, and what is
/// going on. Lives in the pool's `extra`.
class connection_core {
public:
    connection_core(engine_core& engine, driver_connection& driver);
    connection_core(const connection_core&) = delete;
    connection_core& operator=(const connection_core&) = delete;
    ~connection_core();

    std::unique_ptr<open_result> run(node_ptr statement, std::span<const argument> args, const execution_options& options);
    std::unique_ptr<open_result> insert_rows(const node_handle<insert_node>& statement, typed_row_source& rows,
                                             const execution_options& options);
    /// Runs statements in order, in one go where the driver can; each result has been read already.
    std::vector<std::unique_ptr<open_result>> run_batch(std::span<const node_ptr> statements, const execution_options& options);
    /// The statement's plan in place of its rows.
    std::string explain(const node_ptr& statement, std::span<const argument> args, const explain_options& how);
    /// Finished SQL, read to its end.
    std::int64_t run_sql(std::string_view sql, std::span<const cell> parameters, row_sink* rows);

    /// Refuses what the server is not known to do, unless the engine is told to send it anyway.
    void require(bool claimed, std::string_view what, std::string_view remedy) const;

    void begin(const transaction_options& options);
    void commit();
    void rollback();
    /// The number of the savepoint.
    int begin_nested();
    void release(int savepoint);
    void rollback_to(int savepoint);
    /// Two-phase: the connection's transaction becomes one that any connection may decide.
    void prepare_transaction();
    void commit_prepared(const std::string& id);
    void rollback_prepared(const std::string& id);
    void set_isolation(isolation_level level);
    /// What holds for calls that do not say otherwise, until the connection goes back.
    void set_options(execution_options options);
    /// Whether a transaction that begins under these options is to be one that only reads.
    [[nodiscard]] bool reads_only(const execution_options& options) const noexcept {
        return options.read_only.value_or(false) && server->server.can.read_only_transactions;
    }
    /// Throws operational_error (read-only) for a statement that writes where the options say that none may.
    void refuse_writing(const execution_options& options, bool writes, std::string_view what) const;
    /// The server as statements are compiled for it under these options.
    const known_profile& compiled_for(const execution_options& options);
    void ping(const deadline& until);

    /// Before the connection goes back to the pool.
    void leave() noexcept;
    /// Whether this process was forked off after the connection was opened: it is the parent's then, and must not be touched.
    [[nodiscard]] bool is_inherited() const noexcept { return pooled && azoth::is_inherited(*pooled); }
    /// Reads an open result empty, so that the connection is free for another statement.
    void free_connection();

    /// Runs a piece of driver work; turns what it throws into Azoth's errors, with the statement.
    template <class F>
    decltype(auto) guarded(std::string_view sql, std::span<const cell> parameters, F&& work) {
        try {
            return work();
        } catch (...) {
            fail(sql, parameters);
        }
    }
    [[noreturn]] void fail(std::string_view sql, std::span<const cell> parameters);

    engine_core* engine;  ///< the pool outlives its connections, and the engine its pool
    driver_connection* driver;
    pooled_connection* pooled{};  ///< while on loan
    const known_profile* server;
    prepared_cache prepared;
    open_result* open{};  ///< the result that rows are still to come for
    bool in_transaction{};
    bool is_lost{};              ///< the database itself has rolled the transaction back
    bool is_fresh{};             ///< nothing has run in the transaction yet
    std::uint64_t serial{};      ///< of the transaction
    std::uint64_t loan{};        ///< goes up each time the connection goes back to its pool
    std::string two_phase_id{};  ///< of the transaction, where it is to be prepared
    isolation_level isolation{};
    std::shared_ptr<const execution_options> engine_defaults{};  ///< of the engine that lent the connection; null: it says nothing
    execution_options defaults{};                                ///< the engine's, and the connection's over them

private:
    friend struct open_result;
    /// Which prepared statement runs a piece of SQL.
    enum class preparing : unsigned char {
        by_statement,  ///< the one of the compiled statement
        by_text,
        recurring,  ///< by text, but only once it comes again: it may be different each time
        never,
    };
    /// The options that hold for a call, as long as `call` lives; what it says of a transaction is checked.
    const execution_options& enter(const execution_options& call);
    const execution_options& enter(execution_options&&) = delete;
    void autobegin(const execution_options& options);
    /// Adds the tags; empty where there are none.
    void tag(const execution_options& options, std::string_view sql);
    void note_lost_transaction(std::string_view sql) noexcept;
    [[nodiscard]] bool commits_by_itself(std::string_view sql) const;
    void note_ended_transaction(std::string_view sql);
    void begin_again();
    bool asks_in_transaction(std::string_view sql);
    void go_on_after_ddl();
    void require_isolation(isolation_level level) const;
    [[nodiscard]] std::string_view running_sql() const noexcept;
    /// Compiles the statement, and adds its parameters to those that are there.
    void bind(const node_ptr& statement, std::span<const argument> args, const execution_options& options);
    void push_parameters(std::span<const argument> args);
    void push_parameter(const parameter_slot& slot, const cell& c);
    void start(open_result& to, std::string_view sql, preparing how, const execution_options& options);
    void execute(open_result& to, std::string_view sql, preparing how, const execute_options& options);
    [[nodiscard]] preparing preparing_of_current() const noexcept;
    void push_made(const parameter_slot& slot);
    /// What the statement that was bound last sends of the key of the row it inserts; its parameters start at `first`.
    void note_sent_key(std::vector<value>& key, std::size_t first) const;
    [[nodiscard]] std::string batch_suffix(const compiled_statement& of) const;
    execute_options driver_options(const execution_options& options) const;
    void note_affected(open_result& to);
    [[nodiscard]] std::string describe_parameters(std::span<const cell> parameters) const;
    std::chrono::steady_clock::time_point tell_before(std::string_view sql, std::span<const cell> parameters);
    std::unique_ptr<open_result> spare_result();
    void drop_spare_results() noexcept;
    [[nodiscard]] bool is_watched() const noexcept;
    void tell_after(std::string_view sql, std::chrono::steady_clock::time_point began, std::int64_t affected);

    transaction_options begun_with_{};
    int savepoints_{};            ///< the last one's number
    int savepoints_committed_{};  ///< those up to this number went with DDL that committed
    compilation current_{};
    std::vector<cell> parameters_{};
    std::vector<expanded_parameter> expanded_{};
    std::vector<given_list> given_{};
    std::string expanded_sql_{};
    std::string tagged_sql_{};  ///< empty where the statement has no tags
    std::string name_{};        ///< of the statement that runs, for tracing
    bool has_defaults_{};
    execution_options merged_{};
    name_map commented_{};  ///< the tags whose comment is kept
    std::string comment_{};
    const known_profile* translated_{};  ///< the last one
    arena scratch_{};
    std::shared_ptr<spare_results> spares_;
};

}  // namespace azoth::detail
