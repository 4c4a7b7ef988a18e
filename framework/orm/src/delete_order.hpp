#pragma once

#include "class_ranks.hpp"

namespace azoth::orm::detail {

/// Rows that refer to others are deleted before those. Those in circles lose what they refer to before, where the columns can be NULL.
void order_deletes(flush_plan& plan, const class_ranks& ranks);

}  // namespace azoth::orm::detail
