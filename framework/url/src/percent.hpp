#pragma once

#include <string>
#include <string_view>

namespace azoth::detail {

/// Decodes %XX. Returns the broken escape as a part of `text`, or an empty view where there is none.
std::string_view percent_decode(std::string_view text, std::string& out);

/// Appends `text` with everything encoded but letters, digits, "-._~" and the characters of `kept`.
void percent_encode(std::string_view text, std::string_view kept, std::string& out);

}  // namespace azoth::detail
