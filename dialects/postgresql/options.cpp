#include "options.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdlib>
#include <string_view>

namespace azoth::postgresql {
namespace {

using std::string_view;

/// An option that libpq takes by the same name.
struct pass_through {
    string_view name;
    string_view help;
    std::vector<std::string> allowed{};
};

const std::vector<pass_through>& passed_options() {
    static const std::vector<std::string> on_off{"0", "1"};
    static const std::vector<std::string> protocols{"TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3"};
    static const std::vector<pass_through> options{
        {"sslmode",
         "disable, allow, prefer (the default: unverified TLS where it is offered), require (unverified), verify-ca, verify-full",
         {"disable", "allow", "prefer", "require", "verify-ca", "verify-full"}},
        {"sslrootcert", "file with the certificates of the authorities that verify-ca and verify-full trust"},
        {"sslcert", "file with the client's certificate"},
        {"sslkey", "file with the key of the client's certificate"},
        {"sslpassword", "password of that key"},
        {"sslcrl", "file with certificates that were revoked"},
        {"sslcrldir", "folder with certificates that were revoked"},
        {"sslcompression", "1: compress over TLS (default 0)", on_off},
        {"sslsni", "0: do not send the host's name at the start of TLS (default 1)", on_off},
        {"ssl_min_protocol_version", "lowest version of TLS (default TLSv1.2)", protocols},
        {"ssl_max_protocol_version", "highest version of TLS", protocols},
        {"channel_binding", "whether the password's check is bound to the TLS channel (default prefer)", {"disable", "prefer", "require"}},
        {"requirepeer", "user who has to run the server, for unix sockets"},
        {"passfile", "file with passwords (default ~/.pgpass)"},
        {"gssencmode", "encryption by Kerberos (default prefer)", {"disable", "prefer", "require"}},
        {"krbsrvname", "Kerberos service name"},
        {"gsslib", "GSS library", {"gssapi"}},
        {"application_name", "what pg_stat_activity shows (default azoth)"},
        {"keepalives", "0: no TCP keep-alive (default 1)", on_off},
        {"keepalives_idle", "seconds of silence before the first keep-alive (default 60)"},
        {"keepalives_interval", "seconds between keep-alives (default 15)"},
        {"keepalives_count", "keep-alives without an answer until the connection is lost (default 4)"},
        {"tcp_user_timeout", "milliseconds that sent data may stay unacknowledged (default: the system's)"},
    };
    return options;
}

[[noreturn]] void refuse(string_view name, string_view value, string_view expected) {
    throw_error(errc::url_option, fmt::format("the option {}={} is not possible: {}", name, value, expected));
}

std::vector<std::string> split(string_view list) {
    std::vector<std::string> parts;
    for (;;) {
        const auto comma = list.find(',');
        parts.emplace_back(list.substr(0, comma));
        if (comma == string_view::npos) return parts;
        list.remove_prefix(comma + 1);
    }
}

std::uint32_t read_number(string_view name, string_view text, std::uint32_t most) {
    std::uint32_t number = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (problem != std::errc{} || end != text.data() + text.size() || number > most)
        refuse(name, text, fmt::format("give a whole number from 0 to {}", most));
    return number;
}

std::vector<settings::place> read_hosts(const url& target) {
    std::vector<settings::place> places;
    for (const auto& host : target.hosts()) places.push_back({host.name, {}, host.port});
    const auto option = target.find_option("host");
    if (!option) return places;
    if (!places.empty()) refuse("host", *option, "the URL names a host already; leave one of them");
    for (auto& name : split(*option)) places.push_back({std::move(name), {}, 0});
    return places;
}

void read_ports(const url& target, std::vector<settings::place>& places) {
    const auto option = target.find_option("port");
    if (!option) return;
    const auto ports = split(*option);
    if (ports.size() != 1 && ports.size() != places.size()) refuse("port", *option, "give one port for all hosts, or one for each of them");
    for (std::size_t i = 0; i < places.size(); ++i) {
        if (places[i].port != 0) refuse("port", *option, "the URL has a port behind its host already");
        const std::string& port = ports[ports.size() == 1 ? 0 : i];
        places[i].port = static_cast<std::uint16_t>(read_number("port", port, 65'535));
    }
}

void read_addresses(const url& target, std::vector<settings::place>& places) {
    const auto option = target.find_option("hostaddr");
    if (!option) return;
    auto addresses = split(*option);
    if (addresses.size() != places.size())
        refuse("hostaddr", *option, fmt::format("give as many addresses as there are hosts: {}", places.size()));
    for (std::size_t i = 0; i < places.size(); ++i) places[i].address = std::move(addresses[i]);
}

/// "-c name=value", with what libpq splits at quoted.
std::string setting(string_view name, string_view value) {
    std::string text = fmt::format(" -c {}=", name);
    for (const char c : value) {
        if (c == ' ' || c == '\\') text += '\\';
        text += c;
    }
    return text;
}

/// What libpq would take where nobody says it; we always say something.
std::string options_of_environment() {
    const char* text = std::getenv("PGOPTIONS");
    return text ? text : "";
}

/// What the driver relies on stands behind what the URL asks for, and so wins. All of it goes with the first packet.
std::string session_settings(const url& target, string_view timezone) {
    return target.find_option("options").value_or(options_of_environment()) + setting("timezone", timezone) + setting("datestyle", "ISO") +
           setting("intervalstyle", "postgres") + setting("extra_float_digits", "3") + setting("bytea_output", "hex") +
           setting("standard_conforming_strings", "on");
}

void add_keywords(const url& target, settings& s) {
    const auto add = [&](string_view name, std::string value) { s.keywords.emplace_back(name, std::move(value)); };
    if (target.user()) add("user", *target.user());
    if (target.password()) add("password", *target.password());
    if (!target.database().empty()) add("dbname", target.database());
    for (const auto& option : passed_options())
        if (auto value = target.find_option(option.name)) add(option.name, std::move(*value));
    add("client_encoding", "UTF8");
    add("fallback_application_name", "azoth");
    add("options", session_settings(target, s.timezone));
    using text_pair = std::pair<const char*, const char*>;
    for (const auto& [name, value] :
         {text_pair{"keepalives_idle", "60"}, text_pair{"keepalives_interval", "15"}, text_pair{"keepalives_count", "4"}})
        if (!target.find_option(name)) add(name, value);
}

void refuse_nul(const settings& s) {
    for (const auto& [name, value] : s.keywords)
        if (value.find('\0') != std::string::npos)
            throw_error(errc::url_encoding,
                        fmt::format("the URL's {} has a NUL character, where libpq would cut it: remove the %00", name));
}

}  // namespace

std::vector<url_option> known_options() {
    std::vector<url_option> options{
        {"host", "a host's name, or the folder of a unix socket, where the URL has no host; several with commas between", {}},
        {"hostaddr", "the address of each host, so that its name is not looked up", {}},
        {"port", "the port of the hosts (default 5432)", {}},
        {"target_session_attrs",
         "which of several servers will do (default any)",
         {"any", "read-write", "read-only", "primary", "standby", "prefer-standby"}},
        {"connect_timeout", "seconds for each host; 0: only the engine's own connect_timeout counts (default 0)", {}},
        {"options", "settings of the session, as in -c search_path=shop", {}},
        {"timezone", "time zone of the session (default UTC)", {}},
    };
    for (const auto& o : passed_options()) options.push_back({std::string{o.name}, std::string{o.help}, o.allowed});
    return options;
}

settings read_settings(const url& target) {
    settings s;
    s.places = read_hosts(target);
    if (s.places.empty()) s.places.emplace_back();
    read_ports(target, s.places);
    read_addresses(target, s.places);
    s.wanted = target.find_option("target_session_attrs").value_or("any");
    s.connect_timeout = std::chrono::seconds{read_number("connect_timeout", target.find_option("connect_timeout").value_or("0"), 86'400)};
    s.timezone = target.find_option("timezone").value_or("UTC");
    add_keywords(target, s);
    refuse_nul(s);
    return s;
}

}  // namespace azoth::postgresql
