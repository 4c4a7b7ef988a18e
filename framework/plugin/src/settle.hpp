#pragma once

#include "search.hpp"

namespace azoth::detail {

/// Settles who offers a (dialect, driver) pair where several usable plugins do: what an earlier step of the search found hides what a
/// later one did, and two files of one step are a conflict that nobody wins.
void settle(survey& found);

}  // namespace azoth::detail
