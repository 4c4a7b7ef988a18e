#pragma once

#include <azoth/base/arena.hpp>
#include <azoth/driver/cursor.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace azoth {

/// Rows kept in memory, with copies of what their cells point to, and read from the first on. For one thread.
class AZOTH_API row_buffer {
public:
    /// Drops all rows; those that follow have so many cells.
    void start(std::size_t width);
    /// Room for one more row: write its cells, then call `keep`. Valid until the next row.
    [[nodiscard]] std::span<cell> next_row();
    /// Copies what the row that was written last points to.
    void keep();
    void add(std::span<const cell> row);
    /// As cursor::fetch. The cells are valid until `start`.
    std::size_t fetch(std::span<cell> out, std::size_t max_rows) noexcept;

private:
    std::vector<cell> cells_{};
    arena copies_{};
    std::size_t width_{};
    std::size_t next_{};  ///< cell that is handed out next
};

/// A whole result in memory: the cursor of a client library that hands results over in one piece.
class AZOTH_API buffered_result final : public cursor {
public:
    buffered_result() = default;
    /// A result with these columns and no rows yet.
    void start(std::vector<column_info> columns);
    /// Adds a row of as many cells as there are columns.
    void add(std::span<const cell> row) { rows_.add(row); }
    void set_affected(std::int64_t rows) noexcept { affected_ = rows; }
    void set_last_id(std::int64_t id) noexcept { last_id_ = id; }

    [[nodiscard]] std::span<const column_info> columns() const override { return columns_; }
    std::size_t fetch(std::span<cell> out, std::size_t max_rows) override;
    [[nodiscard]] std::int64_t affected_rows() const override { return affected_; }
    [[nodiscard]] std::optional<std::int64_t> last_insert_id() const override { return last_id_; }
    void close() noexcept override;

private:
    std::vector<column_info> columns_{};
    row_buffer rows_{};
    std::int64_t affected_{-1};
    std::optional<std::int64_t> last_id_{};
    bool open_{true};
};

}  // namespace azoth
