#pragma once

#include <azoth/base/export.hpp>

#include <string>

namespace azoth::detail {

/// What has been caught, in its own words, for messages about code that is not Azoth's; called inside a catch block.
AZOTH_API std::string what_was_thrown() noexcept;

}  // namespace azoth::detail
