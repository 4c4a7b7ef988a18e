#pragma once

#include <azoth/base/export.hpp>

#include <functional>
#include <string_view>

namespace azoth {

enum class log_level : unsigned char { debug, info, warning, error };

/// Receives finished lines without a line end. Must be thread-safe and must not throw. Passwords never reach it.
using log_sink = std::function<void(log_level level, std::string_view line)>;

/// Writes "azoth: line" to standard error, one write a line. Thread-safe.
AZOTH_API void log_to_stderr(log_level level, std::string_view line);

}  // namespace azoth
