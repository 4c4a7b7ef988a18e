#include <azoth/base/log.hpp>

#include <string>

#include <unistd.h>

namespace azoth {

void log_to_stderr(log_level level, std::string_view line) {
    std::string text = level == log_level::error ? "azoth: error: " : level == log_level::warning ? "azoth: warning: " : "azoth: ";
    text.append(line).append("\n");
    // One write a line keeps the lines of several threads apart; a log that cannot be written has nobody to tell.
    [[maybe_unused]] const auto written = ::write(STDERR_FILENO, text.data(), text.size());
}

}  // namespace azoth
