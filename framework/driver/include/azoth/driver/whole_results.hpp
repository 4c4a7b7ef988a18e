#pragma once

// For client libraries with one call that sends SQL and hands the whole result back.

#include <azoth/driver/basic_connection.hpp>
#include <azoth/driver/buffered_rows.hpp>

#include <memory>
#include <span>
#include <string_view>

namespace azoth {

/// A connection of such a library. A driver writes `run_whole`, `in_transaction`, `begin`, and how it says good-bye; a statement that is
/// prepared is its text.
class AZOTH_API whole_result_connection : public basic_connection {
public:
    ~whole_result_connection() override;
    std::unique_ptr<prepared_statement> prepare(std::string_view sql) override;
    std::unique_ptr<cursor> execute(std::string_view sql, std::span<const cell> parameters, const execute_options& options) override;
    void commit() override { run("COMMIT", control_deadline()); }
    /// Sends nothing where there is no transaction.
    void rollback() override;

protected:
    explicit whole_result_connection(const connect_args& args, isolation_level usual = isolation_level::read_committed);

    /// Runs one statement to its end and writes what it returns: `start` with the columns, `add` for each row, and the counts.
    virtual void run_whole(std::string_view sql, std::span<const cell> parameters, const execute_options& options,
                           buffered_result& into) = 0;

private:
    class kept_text;
    std::shared_ptr<whole_result_connection*> place_;  ///< for statements that outlive it
};

}  // namespace azoth
