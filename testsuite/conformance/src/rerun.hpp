#pragma once

#include <azoth/url/url.hpp>

#include <span>
#include <string>
#include <string_view>

namespace azoth::conformance {

/// A word as a POSIX shell takes it, in quotes where it needs them.
[[nodiscard]] std::string shell_word(std::string_view word);

/// The command that runs one case again, to be pasted into a shell. A URL with a secret is written as the environment variable
/// AZOTH_CONFORMANCE_URL, which the program reads by itself.
[[nodiscard]] std::string rerun_command(std::string_view program, const url& target, std::span<const std::string> plugins,
                                        std::string_view case_id);

}  // namespace azoth::conformance
