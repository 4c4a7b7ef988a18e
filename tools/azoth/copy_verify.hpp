#pragma once

#include "copy_table.hpp"

#include <azoth/azoth.hpp>

#include <vector>

namespace azoth::command {

/// Reads tables on both sides, computed columns too, and throws std::runtime_error naming rows and columns where they differ. `family`: of
/// both databases, where they are of one kind.
void verify_copy(const std::vector<moving_table>& tables, std::string_view family, const engine& source, const engine& target);

}  // namespace azoth::command
