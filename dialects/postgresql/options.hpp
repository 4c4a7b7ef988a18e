#pragma once

#include <azoth/dialect.hpp>

#include <chrono>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace azoth::postgresql {

/// What a URL asks for, in libpq's terms.
struct settings {
    /// libpq's keywords, and their values; the password among them: never to be printed.
    std::vector<std::pair<std::string, std::string>> keywords{};
    struct place {
        std::string host{};     ///< empty: libpq's default, a unix socket
        std::string address{};  ///< its number, where the URL says it
        std::uint16_t port{};   ///< 0: libpq's default
    };
    std::vector<place> places{};             ///< tried in this order; at least one
    std::string wanted{"any"};               ///< target_session_attrs
    std::chrono::seconds connect_timeout{};  ///< for each place; zero: none of its own
    std::string timezone{"UTC"};             ///< of the session
};

/// The options that a URL may have.
std::vector<url_option> known_options();

/// Throws url_error where the URL asks for what contradicts itself.
settings read_settings(const url& target);

}  // namespace azoth::postgresql
