#pragma once

#include "search.hpp"

#include <string>
#include <string_view>

namespace azoth::detail {

/// For the end of a message: plugins of that name which lie where no search has looked, and what to do to have them found; empty where
/// there are none. Looks into the current folder, beside the program, where libraries are searched, and where distributions install
/// dialects. Nothing is opened.
std::string plugins_elsewhere(std::string_view dialect, const survey& searched);

}  // namespace azoth::detail
