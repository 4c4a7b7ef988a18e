#pragma once

#include <functional>
#include <map>
#include <string>

namespace azoth {

/// Names and what they stand for: schemas and the schemas to use in their place, tags and their values.
using name_map = std::map<std::string, std::string, std::less<>>;

}  // namespace azoth
