#include "parts.hpp"

#include <azoth/base/utf8.hpp>

#include <fmt/format.h>

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <string>

namespace azoth::detail {
namespace {

bool is_lower(char c) noexcept { return c >= 'a' && c <= 'z'; }
bool is_control(char c) noexcept { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }

}  // namespace

bool is_scheme_word(std::string_view word) noexcept {
    return !word.empty() && is_lower(word.front()) && std::all_of(word.begin(), word.end(), [](char c) {
        return is_lower(c) || (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '.';
    });
}

bool is_ipv6(std::string_view name) {
    const auto zone = name.find('%');
    if (zone != std::string_view::npos && zone + 1 == name.size()) return false;
    in6_addr address{};
    return inet_pton(AF_INET6, std::string{name.substr(0, zone)}.c_str(), &address) == 1;
}

bool is_secret_option(std::string_view key) {
    constexpr std::array<std::string_view, 6> words{"password", "passwd", "passphrase", "pwd", "secret", "token"};
    std::string lower{key};
    for (char& c : lower)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return std::any_of(words.begin(), words.end(), [&](std::string_view word) { return lower.find(word) != std::string::npos; });
}

void check_text(std::string_view part, std::string_view text) {
    if (std::any_of(text.begin(), text.end(), is_control))
        throw_error(errc::url_encoding, fmt::format("{} holds a control character (a NUL, a tab or a line end, say), as it is or "
                                                    "percent-encoded: remove it",
                                                    part));
    if (!is_valid_utf8(text))
        throw_error(errc::url_encoding, fmt::format("{} is not UTF-8: encode its characters as UTF-8 first, then each byte as %XX", part));
}

void check_host(std::string_view name, std::string_view shown) {
    check_text("the host's name", name);
    if (name.empty())
        throw_error(errc::url_syntax, "a host's name is empty: name it (\"localhost\", say), or leave out the host and its port");
    if (name.front() != '/' && name.find(':') != std::string_view::npos && !is_ipv6(name))
        throw_error(errc::url_syntax, fmt::format("the host {} is no IPv6 address, but holds a colon: correct the address, for example "
                                                  "\"2001:db8::1\" (in brackets where it stands in a URL)",
                                                  shown));
}

}  // namespace azoth::detail
