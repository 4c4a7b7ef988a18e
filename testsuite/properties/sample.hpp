#pragma once

#include <azoth/azoth.hpp>

#include <string_view>
#include <vector>

/// Properties that hold for whatever the toolkit is given: random trees and statements, made from bytes.
namespace properties {

namespace az = azoth;

/// A row of the sample table: a value a column, in the table's order.
using row = std::vector<az::value>;

/// The table over which random expressions are computed: a column or two of each type, and rows with NULLs in them.
[[nodiscard]] const az::table& sample_table();
[[nodiscard]] const std::vector<row>& sample_rows();
/// Its columns of one type, as nodes.
[[nodiscard]] std::vector<az::node_ptr> sample_columns(az::type_kind kind);

/// Makes the table anew, filled.
void fill_sample(az::engine& in);

}  // namespace properties
