#pragma once

#include <azoth/sql/expression.hpp>

namespace azoth::detail {

/// The values of an IN list as one bind, of the type of what they are compared with.
node_handle<bind_node> make_list(std::vector<value> list, const node* like);

}  // namespace azoth::detail
