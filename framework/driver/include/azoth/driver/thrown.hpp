#pragma once

#include <string>

namespace azoth::detail {

/// What has been caught, in its own words, for messages about code that is not Azoth's; called inside a catch block.
std::string what_was_thrown() noexcept;

}  // namespace azoth::detail
