#pragma once

#include <azoth/dialect.hpp>

#include <cstddef>
#include <span>
#include <vector>

namespace azoth::mysql {

/// Rows that were read before anybody asked for them, and all that they point to.
class kept_rows {
public:
    /// `width`: columns a row.
    explicit kept_rows(std::size_t width) noexcept : width_{width} {}

    /// `write` puts a row's values into the cells it is given; what they point to is copied. A row that cannot be written is not kept.
    template <class Write>
    void add(Write write) {
        cells_.resize(cells_.size() + width_);
        const auto row = std::span{cells_}.last(width_);
        try {
            write(row);
            for (cell& c : row) c = memory_.copy(c);
        } catch (...) {
            cells_.resize(cells_.size() - width_);
            throw;
        }
    }
    [[nodiscard]] std::size_t count() const noexcept { return width_ == 0 ? 0 : cells_.size() / width_; }
    /// As cursor::fetch. The cells are valid as long as this is.
    std::size_t take(std::span<cell> out, std::size_t max_rows) noexcept;

private:
    std::size_t width_;
    std::vector<cell> cells_{};
    arena memory_{};
    std::size_t next_{};
};

/// The results of one execution, read to their end: for statements that change data, where an error may stand behind rows that the program
/// need not read, and for procedures, whose further results would be in the way of the next statement.
class kept_results {
public:
    void clear() noexcept;
    /// A result with rows, behind those there are.
    kept_rows& add(std::span<const column_info> columns);
    [[nodiscard]] bool empty() const noexcept { return results_.empty(); }

    // As cursor has them. Past the last result there are no columns and no rows.
    [[nodiscard]] std::span<const column_info> columns() const noexcept;
    std::size_t take(std::span<cell> out, std::size_t max_rows) noexcept;
    bool next() noexcept;

private:
    struct result {
        std::vector<column_info> columns;
        kept_rows rows;
    };
    std::vector<result> results_{};
    std::size_t at_{};
};

}  // namespace azoth::mysql
