#pragma once

#include <azoth/base/arena.hpp>
#include <azoth/base/export.hpp>
#include <azoth/driver/cursor.hpp>
#include <azoth/sql/batch_plan.hpp>

#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace azoth {

/// The INSERT of so many rows that a batch plan stands for: multi-row VALUES.
[[nodiscard]] AZOTH_API std::string values_sql(const batch_plan& plan, std::size_t rows);

/// Whether many rows of the plan may go in one statement: no database promises the order of what RETURNING gives, so that the plan needs a
/// key to tell the rows by, or a database that generates ascending keys.
[[nodiscard]] AZOTH_API bool can_go_together(const batch_plan& plan, bool keys_ascend) noexcept;

/// The rows that one statement of a batch returned, brought into input order. For the lifetime of one batch, by one thread.
class AZOTH_API returned_rows {
public:
    /// The plan must outlive the object.
    explicit returned_rows(const batch_plan& plan) noexcept : plan_{plan} {}

    /// Reads the cursor's rows, with copies of what they point to, in place of those read before. Returns how many there were.
    std::size_t collect(cursor& from);
    /// Hands the rows over in the order of those sent: `rows` rows of parameters, row after row. Throws internal_error where a row is
    /// missing.
    void hand_over(std::span<const cell> sent, std::size_t rows, row_sink& to);

private:
    [[nodiscard]] std::span<const cell> row(std::size_t i) const { return std::span{cells_}.subspan(i * width_, width_); }
    void hand_over_by_key(std::span<const cell> sent, std::size_t rows, row_sink& to) const;
    void hand_over_ascending(row_sink& to) const;

    const batch_plan& plan_;
    std::vector<cell> cells_{};
    std::size_t width_{};
    std::size_t rows_{};
    arena copies_{};
};

}  // namespace azoth
