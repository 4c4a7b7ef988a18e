#pragma once

#include "text_statement.hpp"

#include <memory>

namespace azoth::mysql::connector {

/// Inserts many rows: as few statements as possible, each with VALUES of many rows written out. The library has no array binding, and
/// binds a parameter for longer than the server takes to read a literal.
class bulk_inserter {
public:
    bulk_inserter(std::shared_ptr<session> on, const batch_plan& plan, bool keys_ascend);
    batch_result insert(row_source& rows, row_sink* returned, const execute_options& options);

private:
    void insert_block(std::span<const cell> cells, std::size_t rows);
    /// Sends what is written, the rows from `first` on.
    void send(std::span<const cell> cells, std::size_t rows);
    /// A row with a value so large that it goes by itself, bound.
    void insert_large(std::span<const cell> row);
    void take(cursor& result, std::span<const cell> cells, std::size_t rows);
    void write_row(std::span<const cell> row);

    std::shared_ptr<session> session_;
    const batch_plan& plan_;
    std::size_t width_;
    std::size_t most_rows_;
    std::size_t frame_;  ///< bytes of a row beside its values, and of what stands around the rows
    std::string sql_{};  ///< being written
    text_cursor cursor_;
    std::unique_ptr<library_statement> large_{};
    returned_rows returned_;
    row_sink* sink_{};
    const execute_options* options_{};
    batch_result result_{};
};

}  // namespace azoth::mysql::connector
