#pragma once

#include "report.hpp"

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace azoth::conformance {

/// What the command line asks for.
struct options {
    std::string program{};  ///< as it was called
    std::vector<std::string> urls{};
    bool is_matrix{};
    bool is_list{};
    bool is_worker{};
    std::vector<std::string> plugins{};
    std::vector<std::string> filters{};
    std::vector<report_order> reports{};
    std::size_t jobs{};   ///< 0: not said
    double timeout{120};  ///< seconds
    std::size_t repeat{1};
};

/// "json=FILE"; throws interface_error for another format and for no file.
[[nodiscard]] report_order parse_report(const std::string& text);

/// Reads the command line, or nothing where that has told all there is to do (help, version, a mistake): then `exit_code` is set.
[[nodiscard]] std::optional<options> read_options(int argc, const char* const* argv, int& exit_code);

}  // namespace azoth::conformance
