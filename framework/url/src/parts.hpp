#pragma once

#include <azoth/base/error.hpp>
#include <azoth/url/url.hpp>

#include <string_view>

/// What may stand in each part of a URL: the rules that `parse` and the `with_` functions share.
namespace azoth::detail {

/// "a" to "z", digits and "_", "-", ".", the first one a letter.
bool is_scheme_word(std::string_view word) noexcept;
/// An IPv6 address, with or without a zone: "::1", "fe80::1%eth0".
bool is_ipv6(std::string_view name);
/// Whether a key says that its value is a secret: "sslpassword", "access_token".
bool is_secret_option(std::string_view key);

/// Refuses control characters, NUL among them, and what is not UTF-8. The message names the part and never its text.
void check_text(std::string_view part, std::string_view text);
/// Refuses a decoded host that could not be printed. `shown`: the host as messages may show it.
void check_host(std::string_view name, std::string_view shown);

}  // namespace azoth::detail
