#include "rerun.hpp"

#include <fmt/format.h>

namespace azoth::conformance {
namespace {

bool is_plain(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view{"-_./:@%+=,"}.find(c) != std::string_view::npos;
}

std::string url_word(const url& target) {
    const std::string text = target.to_string(url::secrets::shown);
    return target.to_string(url::secrets::hidden) == text ? shell_word(text) : "\"$AZOTH_CONFORMANCE_URL\"";
}

}  // namespace

std::string shell_word(std::string_view word) {
    bool plain = !word.empty();
    std::string quoted = "'";
    for (const char c : word) {
        plain = plain && is_plain(c);
        if (c == '\'') quoted += "'\\''";
        else quoted += c;
    }
    return plain ? std::string{word} : quoted + "'";
}

std::string rerun_command(std::string_view program, const url& target, std::span<const std::string> plugins, std::string_view case_id) {
    std::string command = fmt::format("{} --url {}", shell_word(program), url_word(target));
    for (const auto& plugin : plugins) command += " --plugin " + shell_word(plugin);
    return command + " --filter " + std::string{case_id};
}

}  // namespace azoth::conformance
