#pragma once

#include "choose.hpp"
#include "search.hpp"

#include <string>

namespace azoth::detail {

/// What a search looked at and found, for people: a line a step, and a line a plugin below it. No line end behind the last.
std::string tell(const survey& found);

/// The same after what was looked for, and before what came of it.
std::string tell(const survey& found, std::string_view scheme, const choice& outcome);

}  // namespace azoth::detail
