#pragma once

#include <azoth/sql/node.hpp>

#include <string>
#include <vector>

namespace azoth::detail {

/// The columns of its own row that an expression names, each once.
std::vector<std::string> own_columns_in(const node& expression);

}  // namespace azoth::detail
