#include "options.hpp"

#include <fmt/format.h>

#include <charconv>
#include <utility>

namespace azoth::mysql {
namespace {

using std::string_view;

[[noreturn]] void refuse(string_view name, string_view value, string_view expected) {
    throw_error(errc::url_option, fmt::format("the option {}={} is not possible: {}", name, value, expected));
}

constexpr std::pair<string_view, ssl_modes> mode_words[] = {
    {"disabled", ssl_modes::disabled},   {"preferred", ssl_modes::preferred},     {"required", ssl_modes::required},
    {"verify-ca", ssl_modes::verify_ca}, {"verify-full", ssl_modes::verify_full}, {"verify-identity", ssl_modes::verify_full},
};

ssl_modes read_ssl_mode(const url& target) {
    const std::string word = target.find_option("ssl-mode").value_or("preferred");
    for (const auto& [name, mode] : mode_words)
        if (word == name) return mode;
    refuse("ssl-mode", word, "it takes disabled, preferred, required, verify-ca or verify-full");
}

std::int64_t read_number(const url& target, string_view name, std::int64_t otherwise, std::int64_t most) {
    const auto text = target.find_option(name);
    if (!text) return otherwise;
    std::int64_t number = 0;
    const auto [end, problem] = std::from_chars(text->data(), text->data() + text->size(), number);
    if (problem != std::errc{} || end != text->data() + text->size() || number < 1 || number > most)
        refuse(name, *text, fmt::format("give a whole number from 1 to {}", most));
    return number;
}

bool is_on(const url& target, string_view name) {
    const std::string word = target.find_option(name).value_or("off");
    if (word != "on" && word != "off") refuse(name, word, "it takes on or off");
    return word == "on";
}

/// The words of an SQL mode; they end up in a statement.
std::string read_sql_mode(const url& target) {
    const std::string words = target.find_option("sql-mode").value_or("");
    for (const char c : words)
        if ((c < 'A' || c > 'Z') && (c < 'a' || c > 'z') && c != '_' && c != ',')
            refuse("sql-mode", words, "give the server's words with commas between, such as STRICT_ALL_TABLES,ANSI");
    return words;
}

void read_tls(const url& target, settings& s) {
    const auto text = [&](string_view name) { return target.find_option(name).value_or(""); };
    s.ssl_mode = read_ssl_mode(target);
    s.ssl_ca = text("ssl-ca");
    s.ssl_capath = text("ssl-capath");
    s.ssl_cert = text("ssl-cert");
    s.ssl_key = text("ssl-key");
    s.ssl_crl = text("ssl-crl");
    s.ssl_cipher = text("ssl-cipher");
    s.tls_version = text("tls-version");
    if (s.ssl_cert.empty() != s.ssl_key.empty())
        refuse(s.ssl_cert.empty() ? "ssl-key" : "ssl-cert", s.ssl_cert.empty() ? s.ssl_key : s.ssl_cert,
               "a certificate needs its key, and a key its certificate: give both, ssl-cert and ssl-key");
    // Whoever names an authority believes that somebody looks at it.
    const bool checks = s.ssl_mode >= ssl_modes::verify_ca;
    for (const char* name : {"ssl-ca", "ssl-capath", "ssl-crl"})
        if (const std::string file = text(name); !file.empty() && !checks)
            refuse(name, file, "the server's certificate is looked at with ssl-mode=verify-full (or verify-ca) only: say so too");
}

void read_place(const url& target, settings& s) {
    s.hosts = target.hosts();
    s.socket = target.find_option("socket").value_or("");
    if (!s.socket.empty() && !s.hosts.empty())
        refuse("socket", s.socket, fmt::format("the URL names the host \"{}\" too: remove one of them", s.hosts.front().name));
    if (s.hosts.empty()) s.hosts.push_back({s.socket, 0});
    if (s.wants_tls())
        for (const auto& host : s.hosts)
            if (host.is_socket())
                refuse("ssl-mode", "required", "a unix socket never leaves the machine, and has no TLS: use ssl-mode=disabled");
    s.user = target.user().value_or("");
    s.password = target.password().value_or("");
    s.database = target.database();
    if (s.database.find('/') != std::string::npos)
        throw_error(errc::url_syntax, fmt::format("\"{}\" is no database's name: a database's name has no slash", s.database));
}

}  // namespace

std::vector<url_option> shared_options() {
    return {
        {"ssl-mode",
         "disabled, preferred (default), required, verify-ca or verify-full: whether and how far TLS protects the connection",
         {"disabled", "preferred", "required", "verify-ca", "verify-full", "verify-identity"}},
        {"ssl-ca", "file with the certificates of the authorities that may have signed the server's, PEM (default the system's)", {}},
        {"ssl-capath", "folder with such files, named by their hashes", {}},
        {"ssl-cert", "file with this client's certificate, PEM", {}},
        {"ssl-key", "file with this client's key, PEM", {}},
        {"ssl-crl", "file with revoked certificates, PEM", {}},
        {"ssl-cipher", "the ciphers that may be used, with colons between (default the library's)", {}},
        {"tls-version", "the versions of TLS that may be used, such as TLSv1.2,TLSv1.3 (default the library's)", {}},
        {"socket", "path of a unix socket, in place of a host", {}},
        {"connect-timeout", "seconds to wait for a host (default 10)", {}},
        {"compress", "on: what is sent is compressed (default off)", {"on", "off"}},
        {"sql-mode", "the session's SQL mode in place of Azoth's strict one; NO_BACKSLASH_ESCAPES is always added", {}},
        {"zero-dates", "refuse (default) or null: what the date 0000-00-00 is read as", {"refuse", "null"}},
        {"program-name", "told to the server, for its list of sessions (default azoth)", {}},
    };
}

settings read_settings(const url& target) {
    settings s;
    read_tls(target, s);
    read_place(target, s);
    s.connect_timeout = std::chrono::seconds{read_number(target, "connect-timeout", 10, 24 * 60 * 60)};
    s.compress = is_on(target, "compress");
    s.sql_mode = read_sql_mode(target);
    s.zero_dates = target.find_option("zero-dates").value_or("refuse") == "null" ? zero_dates::null : zero_dates::refuse;
    s.program_name = target.find_option("program-name").value_or("azoth");
    return s;
}

std::string place_name(const settings& of, const url::host& host) {
    if (!of.socket.empty()) return of.socket;
    if (host.name.empty()) return "the client library's default socket";
    if (host.is_socket()) return host.name;
    const std::uint16_t port = host.port == 0 ? std::uint16_t{3306} : host.port;
    return host.name.find(':') == std::string::npos ? fmt::format("{}:{}", host.name, port) : fmt::format("[{}]:{}", host.name, port);
}

}  // namespace azoth::mysql
