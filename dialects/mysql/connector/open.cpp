#include "open.hpp"

#include "socket_mark.hpp"

#include "sql/classify.hpp"

#include <fmt/format.h>

#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <map>

namespace azoth::mysql::connector {
namespace {

using lib::SQLString;

void set_place(lib::ConnectOptionsMap& to, const settings& s, const url::host& host) {
    const std::string socket = !s.socket.empty() ? s.socket : host.is_socket() ? host.name : std::string{};
    if (!socket.empty() || host.name.empty()) {  // without either, the client library's default
        to["hostName"] = SQLString{"unix://" + socket};
        return;
    }
    // The brackets keep the library from looking for ports and schemas in the name.
    to["hostName"] = SQLString{fmt::format("tcp://[{}]", host.name)};
    to["port"] = static_cast<int>(host.port == 0 ? 3306 : host.port);
}

void set_tls(lib::ConnectOptionsMap& to, const settings& s, bool is_local) {
    if (s.ssl_mode == ssl_modes::disabled || (s.ssl_mode == ssl_modes::preferred && is_local)) return;
    to["sslEnforce"] = true;  // enforces nothing: it tries
    if (s.ssl_mode >= ssl_modes::verify_ca) to["sslVerify"] = true;
    const auto set = [&](const char* name, const std::string& value) {
        if (!value.empty()) to[name] = SQLString{value};
    };
    set("sslCA", s.ssl_ca);
    set("sslCAPath", s.ssl_capath);
    set("sslCert", s.ssl_cert);
    set("sslKey", s.ssl_key);
    set("sslCRL", s.ssl_crl);
    set("sslCipher", s.ssl_cipher);
    set("OPT_TLS_VERSION", s.tls_version);
}

/// The library has no option against servers that ask for the password itself, which it would send before anybody can look whether there is
/// TLS. Its client library has, in an option file. This one has no name, and lives as long as the process.
const std::string& discreet_logins_file() {
    static const std::string path = [] {
        constexpr std::string_view text =
            "[azoth]\nrestricted-auth=mysql_native_password,client_ed25519,caching_sha2_password,sha256_password\n";
        const int file = ::memfd_create("azoth-option-file", 0);
        if (file < 0 || ::write(file, text.data(), text.size()) != static_cast<ssize_t>(text.size()))
            throw_error(errc::connect_failed, "cannot make the option file that keeps the password from being sent in clear text");
        return fmt::format("/proc/self/fd/{}", file);
    }();
    if (::access(path.c_str(), R_OK) != 0)  // it would be passed over silently
        throw_error(errc::connect_failed, fmt::format("cannot read {}, which keeps the password from being sent in clear text", path));
    return path;
}

/// Of TCP, in whole seconds: the library knows no finer ones. The guard does.
int connect_seconds(const deadline& until) {
    const auto left = std::chrono::ceil<std::chrono::seconds>(until.remaining());
    return static_cast<int>(std::max(left, std::chrono::seconds{1}).count());
}

lib::ConnectOptionsMap options_for(const settings& s, const url::host& host, const deadline& until, int mark) {
    lib::ConnectOptionsMap to;
    set_place(to, s, host);
    set_tls(to, s, !s.socket.empty() || host.is_socket());
    to["userName"] = SQLString{s.user};
    to["password"] = SQLString{s.password};
    to["schema"] = SQLString{s.database};
    to["CLIENT_FOUND_ROWS"] = true;  // an UPDATE counts the rows it found, whether they had the new values before or not
    to["OPT_CONNECT_TIMEOUT"] = connect_seconds(until);
    to["OPT_WRITE_TIMEOUT"] = mark;
    to["OPT_RECONNECT"] = false;
    to["readDefaultFile"] = SQLString{discreet_logins_file()};
    to["readDefaultGroup"] = SQLString{"azoth"};
    to["OPT_LOCAL_INFILE"] = 0;  // or any server could ask for this machine's files
    to["OPT_CHARSET_NAME"] = SQLString{"utf8mb4"};
    if (s.compress) to["CLIENT_COMPRESS"] = true;
    to["OPT_CONNECT_ATTR_ADD"] = std::map<SQLString, SQLString>{{"program_name", s.program_name}};
    return to;
}

std::string session_cipher(lib::Connection& on) {
    const std::unique_ptr<lib::Statement> statement{on.createStatement()};
    const std::unique_ptr<lib::ResultSet> answer{statement->executeQuery("SHOW SESSION STATUS LIKE 'Ssl_cipher'")};
    return answer->next() ? answer->getString(2).asStdString() : std::string{};
}

void require_tls(lib::Connection& on, const settings& s, const url::host& host) {
    if (!s.wants_tls() || !session_cipher(on).empty()) return;
    throw_error(errc::connect_failed,
                fmt::format("cannot connect to {}: the server does not offer TLS, which the option ssl-mode asks for: set it up there, or "
                            "use ssl-mode=preferred where the network can be trusted",
                            place_name(s, host)),
                {.sqlstate = "08001"});
}

}  // namespace

opened open_host(const settings& to, const url::host& host, const deadline& until, connect_guard& guard) {
    auto options = options_for(to, host, until, guard.mark());
    try {
        opened out{std::unique_ptr<lib::Connection>{library().connect(options)}, -1, host};
        require_tls(*out.connection, to, host);
        out.socket = find_marked_socket(guard.mark());
        if (guard.has_cut()) throw_too_late(to, host);
        return out;
    } catch (const lib::SQLException& e) {
        if (guard.has_cut()) throw_too_late(to, host);
        throw_native(e);
    }
}

void throw_too_late(const settings& to, const url::host& host) {
    throw_error(errc::connect_failed, fmt::format("cannot connect to {}: it did not answer before the deadline", place_name(to, host)),
                {.sqlstate = "08001"});
}

opened open_first(const settings& to, const deadline& until) {
    for (auto host = to.hosts.begin();; ++host) {
        if (until.has_passed()) throw_too_late(to, *host);
        const deadline here{std::min(until.at(), deadline::after(to.connect_timeout).at())};
        try {
            connect_guard guard{here};
            return open_host(to, *host, here, guard);
        } catch (const native_error& e) {
            // Other hosts of a cluster know the same passwords.
            if (std::next(host) == to.hosts.end() || classify(e).code == errc::permission_denied)
                throw_connect_failure(e, place_name(to, *host));
        } catch (const operational_error&) {
            if (std::next(host) == to.hosts.end()) throw;
        }
    }
}

}  // namespace azoth::mysql::connector
