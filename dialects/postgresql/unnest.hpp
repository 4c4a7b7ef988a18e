#pragma once

#include <azoth/dialect.hpp>

#include "binary_writer.hpp"
#include "target_table.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace azoth::postgresql {

/// INSERT INTO t (a, b) SELECT ... FROM unnest($1, $2) ... RETURNING ...: one array a column, so that the statement is the same for any
/// number of rows. The rows' ordinal numbers order them, so that generated keys ascend.
std::string unnest_sql(const batch_plan& plan, const target_table& target);

/// The arrays of a number of rows, in binary form.
class column_arrays {
public:
    explicit column_arrays(const target_table& target) : target_{target}, writers_(target.columns.size()) {}
    /// Views of memory that stays until the next call.
    std::span<const std::string_view> make(std::span<const cell> rows, std::size_t count);

private:
    const target_table& target_;
    std::vector<binary_writer> writers_;
    std::vector<std::string_view> views_{};
};

}  // namespace azoth::postgresql
