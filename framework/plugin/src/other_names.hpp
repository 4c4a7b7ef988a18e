#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace azoth::detail {

/// For the middle of a message: which of the known dialects a name may stand for, other products' names for databases included; empty
/// where none is near.
std::string suggest_dialect(std::string_view wanted, std::vector<std::string> known);

}  // namespace azoth::detail
