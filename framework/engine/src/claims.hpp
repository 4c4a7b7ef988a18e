#pragma once

#include <azoth/sql/profile.hpp>

namespace azoth::detail {

/// Refuses a profile whose claims contradict one another (internal_error): what is compiled by one of them fails by the other.
void require_consistent(const profile& server);

}  // namespace azoth::detail
