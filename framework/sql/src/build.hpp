#pragma once

#include <azoth/sql/expression.hpp>

namespace azoth::detail {

/// The values of an IN list as one bind, of the type of what they are compared with.
node_handle<bind_node> make_list(std::vector<value> list, const node* like);

/// Throws programming_error (statement) for what is no identifier: names of functions are written as they are.
void require_function_name(std::string_view name);

}  // namespace azoth::detail
