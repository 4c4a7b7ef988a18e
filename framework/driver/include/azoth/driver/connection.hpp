#pragma once

#include <azoth/base/deadline.hpp>
#include <azoth/driver/cursor.hpp>
#include <azoth/driver/waiter.hpp>
#include <azoth/sql/batch_plan.hpp>
#include <azoth/sql/profile.hpp>

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace azoth {

struct execute_options {
    deadline until{};
    stop_token stop{};
    bool streaming{true};  ///< false: the driver may buffer the whole result
};

struct transaction_options {
    isolation_level isolation{isolation_level::database_default};
    bool read_only{};
    std::string mode{};  ///< a dialect's own word, such as SQLite's "IMMEDIATE"; checked by the dialect
    bool deferrable{};   ///< PostgreSQL: a serializable read-only transaction waits for a snapshot that cannot fail
    /// Not empty: the transaction will be prepared for a two-phase commit under this id. Some databases have to know at its beginning.
    std::string two_phase_id{};
};

/// A statement kept by the database's client library. It runs once at a time.
class AZOTH_API prepared_statement {
public:
    virtual ~prepared_statement();
    /// Runs it. The cursor belongs to this statement and lives until it is closed or the statement runs again; the parameters' memory
    /// must stay until then.
    virtual cursor& execute(std::span<const cell> parameters, const execute_options& options) = 0;
};

struct batch_item {
    std::string_view sql;
    std::span<const cell> parameters;
};

struct batch_result {
    std::int64_t rows{};
};

/// One connection, used by one thread at a time; only `cancel` may come from another. Failures are thrown as native_error or as one
/// of Azoth's own errors. Its functions stay as they are within a major version of the interface.
class AZOTH_API driver_connection {
public:
    virtual ~driver_connection();

    /// Which server this is and what it can do: the same for the connection's whole life. In `out` what nearly all
    /// databases do is claimed, and nothing else.
    virtual void server_profile(profile& out) const = 0;

    /// Takes any SQL with parameters that `execute` takes; what the server cannot prepare is run by text all the same.
    virtual std::unique_ptr<prepared_statement> prepare(std::string_view sql) = 0;
    /// Runs a statement once.
    virtual std::unique_ptr<cursor> execute(std::string_view sql, std::span<const cell> parameters, const execute_options& options) = 0;
    /// Runs statements in order and hands each one's cursor to `each` (may be empty), pipelined where the protocol can. The default: one
    /// after another, those alike in a row prepared where that pays. An error names the failing item by having called `each` for those
    /// before it.
    virtual void execute_batch(std::span<const batch_item> items, const std::function<void(std::size_t, cursor&)>& each,
                               const execute_options& options);
    /// Inserts many rows by the driver's fastest legal way; `returned` (where the plan returns rows) gets them in input order. Runs
    /// inside the caller's transaction, which undoes a half-done batch. The default: multi-row VALUES through `prepare`, one row a
    /// statement where the plan returns rows and has no sentinel.
    virtual batch_result insert_many(const batch_plan& plan, row_source& rows, row_sink* returned, const execute_options& options);

    virtual void begin(const transaction_options& options) = 0;
    virtual void commit() = 0;
    /// Does nothing where the server has ended the transaction already.
    virtual void rollback() = 0;
    /// Whether the server is inside a transaction, as it says itself.
    [[nodiscard]] virtual bool in_transaction() const = 0;
    /// The defaults send SAVEPOINT, RELEASE SAVEPOINT and ROLLBACK TO SAVEPOINT; the names arrive quoted.
    virtual void savepoint(std::string_view name);
    virtual void release_savepoint(std::string_view name);
    virtual void rollback_to_savepoint(std::string_view name);
    /// Two-phase commit of a transaction begun with this id; after `prepare_transaction` the connection is outside a transaction, its
    /// prepared statements may be gone, and any connection may decide. The defaults throw not_supported_error.
    virtual void prepare_transaction(std::string_view id);
    virtual void commit_prepared(std::string_view id);
    virtual void rollback_prepared(std::string_view id);

    /// Session defaults for transactions that follow; the defaults throw not_supported_error.
    virtual void set_isolation(isolation_level level);
    [[nodiscard]] virtual isolation_level isolation() const;
    virtual void set_read_only(bool read_only);

    /// Throws when the connection is not usable.
    virtual void ping(const deadline& until) = 0;
    /// Back to the state after connecting: session settings, temporary objects and locks too where `full_reset` is claimed.
    /// Prepared statements are gone afterwards. Returns false where the connection has to be replaced instead.
    virtual bool reset() = 0;
    /// Ends the statement running in the connection's thread, which then throws operational_error (cancelled). From any thread.
    virtual void cancel() noexcept = 0;
    /// Says good-bye to the server. Idempotent.
    virtual void close() noexcept = 0;
    /// In a forked child: frees what is ours and leaves the parent's socket and server session alone. Statements prepared on the
    /// connection are destroyed after this call, and must send nothing then.
    virtual void abandon() noexcept = 0;

    /// Ids of this database's prepared transactions that wait for a decision. The default throws not_supported_error.
    [[nodiscard]] virtual std::vector<std::string> prepared_transactions();
    /// Waits until a notification arrives (handed to the message sink), or the deadline passes: then false. Throws operational_error
    /// (cancelled) on stop. The default throws not_supported_error.
    virtual bool wait_for_notification(const deadline& until, const stop_token& stop);
};

}  // namespace azoth
