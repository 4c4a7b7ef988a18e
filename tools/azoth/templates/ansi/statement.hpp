#pragma once

#include <azoth/dialect.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace @name@_dialect {

/// A statement as the client library knows it. The framework calls, in this order: `bind` for every parameter, `start`, `step` and `read`
/// by turns, `finish`, `rest`. What fails throws native_error, with the database's own code and words.
class statement final : public azoth::native_statement {
public:
    /// Prepares it.
    explicit statement(std::string_view sql);

    /// How many placeholders the SQL has, as the client library counts them.
    [[nodiscard]] std::size_t parameter_count() const override { return parameters_; }
    /// Empty: it returns no rows. Known after preparing, and asked anew after each `start`.
    [[nodiscard]] std::span<const azoth::column_info> columns() const override { return columns_; }
    /// The first parameter is 0. The value's memory stays until `rest`. Throws data_error for what the database would change.
    void bind(std::size_t parameter, const azoth::cell& value) override;
    /// Runs it. What returns no rows is done then.
    void start() override;
    /// Goes to the next row; false at the end.
    bool step() override;
    /// Writes the row that `step` went to, a cell a column; what they point to stays until the next `step`.
    void read(std::span<azoth::cell> out) override;
    /// Ends the execution, however it went, and drops what was bound: it can run again. Also called where bind, start or step threw.
    void rest() noexcept override {}
    /// Rows that it changed; -1 where that is not told.
    [[nodiscard]] std::int64_t affected_rows() override { return -1; }
    /// True for what changes data and returns rows (RETURNING): it is read to its end at once.
    [[nodiscard]] bool reads_ahead() const override { return false; }

private:
    std::size_t parameters_{};
    std::vector<azoth::column_info> columns_{};
};

}  // namespace @name@_dialect
