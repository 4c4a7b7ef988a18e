#pragma once

#include <azoth/dialect.hpp>

#include <string>
#include <string_view>

namespace azoth::postgresql {

/// "14 mons 3 days -04:05:06.5": understood whatever the session's IntervalStyle is.
std::string interval_text(const interval_parts& parts);

/// Reads the style "postgres". Throws data_error (value-format).
interval_parts parse_interval(std::string_view text);

}  // namespace azoth::postgresql
