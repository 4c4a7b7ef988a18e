#include "connect_options.hpp"

#include <fmt/format.h>

#include <utility>

namespace azoth::mysql {
namespace {

constexpr std::size_t stack_bytes = 256 * 1024;  // of the library's coroutine: a TLS handshake and a name look-up need more than its 60 KB

/// Ways to log in that never show the password to a server that nobody has checked.
constexpr const char* discreet_logins =
    "mysql_native_password,client_ed25519,caching_sha2_password,sha256_password,auth_gssapi_client,parsec";

void set(MYSQL* to, mysql_option option, const void* value, std::string_view name) {
    if (mysql_optionsv(to, option, value) != 0)
        throw_error(errc::connect_failed, fmt::format("libmariadb {} does not take the option {}", mysql_get_client_info(), name));
}

void set_flag(MYSQL* to, mysql_option option, bool on, std::string_view name) {
    const my_bool value = on ? 1 : 0;
    set(to, option, &value, name);
}

void set_text(MYSQL* to, mysql_option option, const std::string& value, std::string_view name) {
    if (!value.empty()) set(to, option, value.c_str(), name);
}

}  // namespace

connect_target::connect_target(const settings& of, const url::host& host)
    : settings_{of}, host_{host}, socket_{of.socket.empty() && host.is_socket() ? host.name : of.socket} {}

void connect_target::set_options(MYSQL* to) const {
    const unsigned no = 0;
    set(to, MYSQL_OPT_NONBLOCK, &stack_bytes, "nonblock");
    set(to, MYSQL_SET_CHARSET_NAME, "utf8mb4", "charset");
    set(to, MYSQL_OPT_LOCAL_INFILE, &no, "local-infile");
    set_flag(to, MYSQL_OPT_RECONNECT, false, "reconnect");
    const unsigned protocol = goes_by_network() ? MYSQL_PROTOCOL_TCP : MYSQL_PROTOCOL_SOCKET;
    set(to, MYSQL_OPT_PROTOCOL, &protocol, "protocol");
    const unsigned long most_bytes = 1024UL * 1024 * 1024;
    set(to, MYSQL_OPT_MAX_ALLOWED_PACKET, &most_bytes, "max-allowed-packet");
    if (settings_.compress) set(to, MYSQL_OPT_COMPRESS, nullptr, "compress");
    mysql_optionsv(to, MYSQL_OPT_CONNECT_ATTR_ADD, "program_name", settings_.program_name.c_str());
    set_tls(to);
}

void connect_target::set_tls(MYSQL* to) const {
    const bool verifies = settings_.ssl_mode >= ssl_modes::verify_ca;
    set_flag(to, MYSQL_OPT_SSL_VERIFY_SERVER_CERT, verifies, "ssl-verify-server-cert");
    if (!verifies && goes_by_network()) set(to, MARIADB_OPT_RESTRICTED_AUTH, discreet_logins, "restricted-auth");
    set_text(to, MYSQL_OPT_SSL_CA, settings_.ssl_ca, "ssl-ca");
    set_text(to, MYSQL_OPT_SSL_CAPATH, settings_.ssl_capath, "ssl-capath");
    set_text(to, MYSQL_OPT_SSL_CERT, settings_.ssl_cert, "ssl-cert");
    set_text(to, MYSQL_OPT_SSL_KEY, settings_.ssl_key, "ssl-key");
    set_text(to, MYSQL_OPT_SSL_CRL, settings_.ssl_crl, "ssl-crl");
    set_text(to, MYSQL_OPT_SSL_CIPHER, settings_.ssl_cipher, "ssl-cipher");
    set_text(to, MARIADB_OPT_TLS_VERSION, settings_.tls_version, "tls-version");
    // The last word: some of the others switch TLS on.
    set_flag(to, MYSQL_OPT_SSL_ENFORCE, goes_by_network() && settings_.ssl_mode != ssl_modes::disabled, "ssl-enforce");
}

/// The library goes on without TLS where the server has none, whatever SSL_ENFORCE says.
void connect_target::require_tls(MYSQL* on) const {
    if (!settings_.wants_tls() || mysql_get_ssl_cipher(on)) return;
    throw_error(errc::connect_failed,
                fmt::format("cannot connect to {}: the server offers no TLS, and the URL requires it: set the server up "
                            "for TLS, or use ssl-mode=preferred",
                            place_name(settings_, host_)));
}

}  // namespace azoth::mysql
