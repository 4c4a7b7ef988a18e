#pragma once

// For client libraries whose C API prepares a statement, binds its parameters, and steps from row to row.

#include <azoth/driver/basic_connection.hpp>
#include <azoth/driver/buffered_rows.hpp>
#include <azoth/driver/call_watch.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace azoth {

/// A statement as a C API knows it: a handle, in the API's own words. The adapters call it in order, and in the connection's thread: `bind`
/// for every parameter, `start`, `step` and `read` by turns, `rest`. Whatever fails throws native_error or one of Azoth's errors.
class AZOTH_API native_statement {
public:
    virtual ~native_statement();
    /// How many placeholders the SQL has.
    [[nodiscard]] virtual std::size_t parameter_count() const = 0;
    /// Empty: the statement returns no rows. Asked anew after each `start`, for a schema may have changed.
    [[nodiscard]] virtual std::span<const column_info> columns() const = 0;
    /// Binds a parameter, the first of which is 0. Its memory stays until `rest`. Throws data_error for what the database would change.
    virtual void bind(std::size_t parameter, const cell& value) = 0;
    /// Runs what was bound. A statement without rows is done then.
    virtual void start() = 0;
    /// Goes to the next row; false where there is none. Not called again then.
    virtual bool step() = 0;
    /// Writes the row that `step` went to: a cell a column. What they point to stays until the next `step`.
    virtual void read(std::span<cell> out) = 0;
    /// The statement is done and its rows are read: what is left to do that can fail, such as a commit of a database that knows no
    /// statement outside a transaction. The default does nothing.
    virtual void finish();
    /// Ends the execution, whether all rows were read or not, and drops what was bound: the statement can run again. Also called where
    /// `bind`, `start` or `step` threw.
    virtual void rest() noexcept = 0;
    /// As cursor::affected_rows; asked when the statement is done.
    [[nodiscard]] virtual std::int64_t affected_rows();
    [[nodiscard]] virtual std::optional<std::int64_t> last_insert_id();
    /// Whether `start` is to be followed by reading all rows into memory: right for what changes data and returns rows (RETURNING), where
    /// databases work while they are read.
    [[nodiscard]] virtual bool reads_ahead() const;
};

namespace detail {
struct stepping_link;
}  // namespace detail

/// A connection to a database whose C API prepares, binds and steps. Cursors, prepared statements, deadlines, cancellation, and what
/// becomes of statements that outlive the connection are done here; a driver writes `compile`, the transactions, and how it says good-bye.
class AZOTH_API stepping_connection : public basic_connection {
public:
    ~stepping_connection() override;

    std::unique_ptr<prepared_statement> prepare(std::string_view sql) override;
    std::unique_ptr<cursor> execute(std::string_view sql, std::span<const cell> parameters, const execute_options& options) override;
    void cancel() noexcept override;
    /// Calls `disconnect` once.
    void close() noexcept override;
    /// What the connection and its statements hold stays allocated: to free it would speak to the parent's server.
    void abandon() noexcept override;

protected:
    explicit stepping_connection(const connect_args& args, isolation_level usual = isolation_level::read_committed);

    /// Compiles one statement; `kept` says whether it will run more than once.
    [[nodiscard]] virtual std::unique_ptr<native_statement> compile(std::string_view sql, bool kept) = 0;
    /// Says good-bye to the server. Statements may live on; they are not run again.
    virtual void disconnect() noexcept = 0;
    /// Asks the database, from another thread, to end what runs. Returns false where that is not possible.
    virtual bool interrupt() noexcept;

    /// Statements prepared so far are refused from now on: a part of `reset`. Their native statements are freed when their owners go.
    void forget_statements() noexcept;
    /// Runs a call of the API that takes no statement (COMMIT, say), ended by a deadline, or by `interrupt`.
    void watched(const deadline& until, const std::function<void()>& call);
    [[nodiscard]] bool is_closed() const noexcept;
    [[nodiscard]] bool is_abandoned() const noexcept;
    /// The derived class's destructor calls it first, while `disconnect` and `interrupt` are there.
    void end() noexcept { close(); }

private:
    std::shared_ptr<detail::stepping_link> link_;
};

}  // namespace azoth
