#pragma once

#include <azoth/base/export.hpp>

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace azoth {

/// The known names that a misspelt one may stand for, best first, at most three. Letters' case does not matter; neighbours swapped count
/// as one mistake, and a name that contains the other is near too.
AZOTH_API std::vector<std::string> near_names(std::string_view wanted, std::span<const std::string> known);

/// For the middle of a message: `; did you mean "postgresql"?`, or nothing where no name is near.
AZOTH_API std::string did_you_mean(std::string_view wanted, std::span<const std::string> known);

}  // namespace azoth
