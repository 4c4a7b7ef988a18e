#pragma once

#include <azoth/base/arena.hpp>
#include <azoth/engine/argument.hpp>
#include <azoth/sql/nodes/expression.hpp>

#include <span>
#include <vector>

namespace azoth::detail {

/// The value given for a parameter, checked against what the parameter was declared as, in memory that outlives the call's temporaries.
/// Throws programming_error (parameter) where there is none, data_error where it does not fit.
cell find_argument(const bind_node& bind, std::span<const argument> args, arena& scratch);
/// The same for a parameter that stands for a list. A view of the argument's own elements.
std::span<const value> find_list(const bind_node& bind, std::span<const argument> args);
/// Throws programming_error (parameter) for an argument that no parameter has asked for.
void refuse_strangers(const std::vector<const bind_node*>& binds, std::span<const argument> args);

}  // namespace azoth::detail
