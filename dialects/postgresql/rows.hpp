#pragma once

#include <azoth/dialect.hpp>

#include "decode.hpp"
#include "handle.hpp"

#include <span>
#include <vector>

namespace azoth::postgresql {

/// The columns of a result, and how their values are read.
class row_shape {
public:
    /// Takes the shape of a result; keeps what it knows where the columns are the same.
    void take(const PGresult* from);
    void clear() noexcept;
    [[nodiscard]] std::span<const column_info> columns() const noexcept { return columns_; }
    [[nodiscard]] std::size_t width() const noexcept { return decoders_.size(); }
    /// Writes a row's cells, which point into the result and into `scratch`.
    void decode(const PGresult* from, int row, cell* out, arena& scratch) const;

private:
    [[nodiscard]] bool fits(const PGresult* from) const noexcept;

    std::vector<column_info> columns_{};
    std::vector<column_decoder> decoders_{};
    std::vector<Oid> types_{};
};

/// Whether a prepared statement's rows had better come in binary form: all columns can be read, and for most that is less work.
bool suits_binary(const PGresult* described) noexcept;

/// Rows that a finished statement changed; -1 for a query.
std::int64_t affected_by(PGresult* finished) noexcept;

/// A result that is there as a whole.
class whole_result final : public cursor {
public:
    /// `shape` is used while the result lives: those of a batch are mostly alike.
    whole_result(result_handle from, row_shape& shape);
    [[nodiscard]] std::span<const column_info> columns() const override { return shape_.columns(); }
    std::size_t fetch(std::span<cell> out, std::size_t max_rows) override;
    [[nodiscard]] std::int64_t affected_rows() const override { return affected_; }
    void close() noexcept override { next_ = PQntuples(result_.get()); }

private:
    result_handle result_;
    row_shape& shape_;
    arena scratch_{};
    int next_{};
    std::int64_t affected_;
};

}  // namespace azoth::postgresql
