#pragma once

#include <azoth/dialect.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace azoth::mysql {

/// As MySQL's own clients have it.
enum class ssl_modes : std::uint8_t {
    disabled,
    preferred,    ///< encrypted where the server can: stops nobody who can change what is on the wire
    required,     ///< encrypted, by whatever server answers
    verify_ca,    ///< ... whose certificate a known authority has signed
    verify_full,  ///< ... for the host's name
};

/// What a DATE or DATETIME of '0000-00-00' is read as.
enum class zero_dates : std::uint8_t { refuse, null };

/// What a URL asks for. The same for both drivers.
struct settings {
    std::vector<url::host> hosts{};  ///< at least one; tried in turn. An empty name: the client library's default
    std::string user{};
    std::string password{};
    std::string database{};
    std::string socket{};  ///< the path of a unix socket; goes before the hosts

    ssl_modes ssl_mode{ssl_modes::preferred};
    std::string ssl_ca{};  ///< paths of PEM files
    std::string ssl_capath{};
    std::string ssl_cert{};
    std::string ssl_key{};
    std::string ssl_crl{};
    std::string ssl_cipher{};
    std::string tls_version{};  ///< "TLSv1.2,TLSv1.3"

    std::chrono::seconds connect_timeout{10};  ///< of one host
    bool compress{};
    std::string sql_mode{};  ///< in place of ours; empty: ours
    azoth::mysql::zero_dates zero_dates{azoth::mysql::zero_dates::refuse};
    std::string program_name{};  ///< told to the server

    [[nodiscard]] bool wants_tls() const noexcept { return ssl_mode >= ssl_modes::required; }
};

/// The options that a URL may have, for dialect_info.
std::vector<url_option> shared_options();

/// Throws url_error where the URL asks for what is not possible: a password without a user, contradicting TLS options, a path without file.
settings read_settings(const url& target);

/// "db.example.org:3306" or the socket's path, for messages.
std::string place_name(const settings& of, const url::host& host);

}  // namespace azoth::mysql
