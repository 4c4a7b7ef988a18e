#pragma once

#include <azoth/driver/batch_rows.hpp>
#include <azoth/driver/connection.hpp>

#include <memory>
#include <span>
#include <vector>

namespace azoth::detail {

/// One run of the default `insert_many`: VALUES of many rows, through the connection's own prepared statements.
class multi_row_insert {
public:
    /// All arguments must outlive the object.
    multi_row_insert(driver_connection& on, const batch_plan& plan, row_source& rows, row_sink* returned, const execute_options& options);
    batch_result run();

private:
    struct sized_statement {
        std::size_t rows;
        std::unique_ptr<prepared_statement> prepared;
    };

    [[nodiscard]] std::size_t rows_a_statement(const capabilities& can) const;
    [[nodiscard]] std::size_t size_for(std::span<const cell> left) const;
    prepared_statement& statement_for(std::size_t rows);
    /// Affected rows; -1 where the driver does not tell.
    std::int64_t insert(std::span<const cell> sent, std::size_t rows);

    driver_connection& connection_;
    const batch_plan& plan_;
    row_source& source_;
    row_sink* sink_;
    const execute_options& options_;
    std::size_t width_;
    std::size_t chunk_;
    std::uint64_t most_bytes_{};  ///< of the values in a statement
    std::vector<sized_statement> statements_{};
    returned_rows returned_;
};

}  // namespace azoth::detail
