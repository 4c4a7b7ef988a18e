#pragma once

#include "suite_result.hpp"

#include <azoth/url/url.hpp>

#include <optional>
#include <string>
#include <vector>

/// What the coordinator and its workers tell each other: one JSON object a line.
namespace azoth::conformance::protocol {

/// The file descriptor on which a worker answers. Commands come on its standard input.
inline constexpr int answers = 3;

struct setup {
    std::string url{};  ///< with its password: not on the command line, where others see it
    std::vector<std::string> plugins{};
    double timeout{};  ///< seconds for a case
};

/// What a worker is told, one of them.
struct command {
    std::optional<protocol::setup> setup{};
    std::string run{};    ///< a case's id
    std::string sweep{};  ///< drops what a process that died has left: all that begins with this
};

/// What a worker says, one of them.
struct answer {
    std::optional<tested_server> server{};  ///< it is connected
    std::string prefix{};                   ///< ... and so do the names begin that it makes
    std::string error{};                    ///< it could not set up
    std::optional<case_result> result{};
    bool is_dying{};                                  ///< a signal ended the case: the result tells what is known
    std::optional<std::vector<std::string>> swept{};  ///< what could not be dropped
};

/// With the newline at the end.
[[nodiscard]] std::string encode(const command& c);
[[nodiscard]] std::string encode(const answer& a);
/// Throw internal_error for what is no such line.
[[nodiscard]] command decode_command(const std::string& line);
[[nodiscard]] answer decode_answer(const std::string& line);

}  // namespace azoth::conformance::protocol
