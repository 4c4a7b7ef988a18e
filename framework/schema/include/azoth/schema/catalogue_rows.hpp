#pragma once

#include <azoth/base/export.hpp>
#include <azoth/sql/executor.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace azoth {

/// A row that a query of the catalogue gave: all of it as text, whatever the driver made of it.
class AZOTH_API catalogue_row {
public:
    explicit catalogue_row(std::span<const cell> cells);

    /// Each throws internal_error where the query gave fewer columns.
    [[nodiscard]] bool is_null(std::size_t column) const { return !at(column); }
    /// NULL is empty.
    [[nodiscard]] const std::string& text(std::size_t column) const;
    /// NULL, and what is no number, is 0.
    [[nodiscard]] std::int64_t number(std::size_t column) const;

private:
    [[nodiscard]] const std::optional<std::string>& at(std::size_t column) const;

    std::vector<std::optional<std::string>> cells_{};
};

/// Runs a query of the catalogue and keeps its rows.
[[nodiscard]] AZOTH_API std::vector<catalogue_row> catalogue_rows_of(executor& on, std::string_view sql,
                                                                     std::span<const cell> parameters = {});
/// The same of a statement, such as text() with binds.
[[nodiscard]] AZOTH_API std::vector<catalogue_row> catalogue_rows_of(executor& on, const node& statement);

}  // namespace azoth
