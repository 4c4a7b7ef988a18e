#include "parts.hpp"
#include "percent.hpp"

#include <azoth/base/utf8.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>

namespace azoth {
namespace {

using std::string_view;

constexpr string_view form = "dialect[+driver]://user:password@host:port/database?key=value";

/// The raw parts of a URL, all of them views of the text.
struct raw_parts {
    string_view scheme{};
    string_view authority{};  ///< [user[:password]@]host[:port][,host[:port]...]
    string_view path{};       ///< with its slash
    string_view query{};      ///< without the question mark
    bool has_query{};
};

/// What a message may show of the text. A password ends at an "@": text with an "@" at or behind it could be one, or a piece of one with
/// an unencoded "/" or "?" in it.
std::string shown(string_view part, string_view whole) {
    const auto from = static_cast<std::size_t>(part.data() - whole.data());
    if (whole.find('@', from) != string_view::npos) return "(not shown: it could be a part of a password)";
    constexpr std::size_t most = 80;
    return fmt::format("\"{}{}\"", utf8_prefix(part, most), part.size() > most ? "..." : "");
}

class parser {
public:
    explicit parser(string_view text) : text_{text} {}

    raw_parts split() const {
        detail::check_text("the URL", text_);
        const auto colon = text_.find("://");
        if (colon == string_view::npos) refuse_without_scheme();
        raw_parts parts;
        parts.scheme = text_.substr(0, colon);
        const string_view rest = text_.substr(colon + 3);
        const auto question = rest.find('?');
        parts.has_query = question != string_view::npos;
        if (parts.has_query) parts.query = rest.substr(question + 1);
        const string_view front = rest.substr(0, question);
        const auto slash = front.find('/');
        parts.authority = front.substr(0, slash);
        if (slash != string_view::npos) parts.path = front.substr(slash);
        refuse_stray_at(rest, parts.authority);
        return parts;
    }

    /// The dialect's and the driver's name, in lower case as in any URL.
    std::pair<std::string, std::string> scheme(string_view raw) const {
        std::string lower{raw};
        for (char& c : lower)
            if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
        const auto plus = lower.find('+');
        std::string dialect = lower.substr(0, plus);
        std::string driver = plus == std::string::npos ? "" : lower.substr(plus + 1);
        if (!detail::is_scheme_word(dialect) || (plus != std::string::npos && !detail::is_scheme_word(driver)))
            throw_error(errc::url_syntax,
                        fmt::format("the URL's scheme {} is not possible: write dialect:// or dialect+driver://, each name a "
                                    "letter, then letters, digits, \"_\", \"-\" and \".\"",
                                    shown(raw, text_)));
        return {std::move(dialect), std::move(driver)};
    }

    std::string decode(string_view part, string_view raw) const {
        std::string decoded;
        const string_view broken = detail::percent_decode(raw, decoded);
        if (!broken.empty())
            throw_error(errc::url_encoding, fmt::format("{} holds a % that two hexadecimal digits do not follow: {}; write the % itself as "
                                                        "%25",
                                                        part, shown(broken, text_)));
        detail::check_text(part, decoded);
        return decoded;
    }

    std::vector<url::host> hosts(string_view raw) const {
        std::vector<url::host> all;
        if (raw.empty()) return all;
        for (std::size_t begin = 0; begin <= raw.size();) {
            const auto comma = std::min(raw.find(',', begin), raw.size());
            all.push_back(host(raw.substr(begin, comma - begin)));
            begin = comma + 1;
        }
        return all;
    }

    std::vector<url::option> options(const raw_parts& parts) const {
        std::vector<url::option> all;
        if (!parts.has_query || parts.query.empty()) return all;
        bool has_secret = false;  // of which the next piece may be a part, behind an unencoded "&"
        for (std::size_t begin = 0; begin <= parts.query.size();) {
            const auto end = std::min(parts.query.find('&', begin), parts.query.size());
            all.push_back(option(parts.query.substr(begin, end - begin), has_secret));
            has_secret = has_secret || detail::is_secret_option(all.back().first);
            begin = end + 1;
        }
        return all;
    }

private:
    [[noreturn]] void refuse_without_scheme() const {
        // A colon could begin a password even where the host is missing.
        if (text_.empty() || text_.find(':') != string_view::npos)
            throw_error(errc::url_syntax, fmt::format("the URL has no \"://\" behind a dialect's name: write {}", form));
        throw_error(errc::url_syntax,
                    fmt::format("{} is no URL, \"://\" is missing: write {}; a file of SQLite is sqlite:///relative/path or "
                                "sqlite:////absolute/path",
                                shown(text_, text_), form));
    }

    /// An "@" behind the host may end a password in which a "/" or "?" stands unencoded. Taking the pieces for host, port and database
    /// would send the password into messages, so such a URL is refused, unless no password can have begun.
    void refuse_stray_at(string_view rest, string_view authority) const {
        const auto at = rest.rfind('@');
        if (authority.empty() || at == string_view::npos || at < authority.size() || rest.find(':') > at) return;
        throw_error(errc::url_syntax,
                    "an @ stands behind the host: write it as %40; where it ends the password, write the password's / as "
                    "%2F and its ? as %3F");
    }

    url::host host(string_view raw) const {
        if (raw.empty()) throw_error(errc::url_syntax, "a host between commas is empty: write host:port,host:port");
        string_view name = raw;
        string_view port{};
        bool has_port = false;
        if (raw.front() == '[') {
            const auto close = raw.find(']');
            if (close == string_view::npos) refuse_host(raw, "its bracket is not closed: write [address]:port");
            name = raw.substr(1, close - 1);
            port = raw.substr(close + 1);
            has_port = !port.empty();
            if (has_port && port.front() != ':') refuse_host(raw, "only a :port may follow the bracket");
        } else if (const auto colon = raw.find(':'); colon != string_view::npos) {
            if (raw.find(':', colon + 1) != string_view::npos)
                refuse_host(raw, "it has more than one colon: write an IPv6 address in brackets, [address]:port");
            name = raw.substr(0, colon);
            port = raw.substr(colon);
            has_port = true;
        }
        url::host result{read_name(raw, name), 0};
        if (has_port) result.port = read_port(name, port.substr(1));
        return result;
    }

    std::string read_name(string_view raw, string_view name) const {
        const bool in_brackets = raw.front() == '[';
        if (name.find_first_of("[]") != string_view::npos) refuse_host(raw, "a bracket stands in its middle: write [address]:port");
        std::string decoded = decode("the host's name", name);
        if (in_brackets && !detail::is_ipv6(decoded))
            refuse_host(raw, "what stands in brackets must be an IPv6 address, such as [2001:db8::1]");
        detail::check_host(decoded, shown(name, text_));
        return decoded;
    }

    std::uint16_t read_port(string_view host, string_view raw) const {
        std::uint16_t port = 0;
        const auto [end, problem] = std::from_chars(raw.data(), raw.data() + raw.size(), port);
        if (problem == std::errc{} && end == raw.data() + raw.size() && port != 0) return port;
        if (raw.empty())
            throw_error(errc::url_port,
                        fmt::format("the port of the host {} is empty: write host:port, or leave out the colon", shown(host, text_)));
        throw_error(errc::url_port,
                    fmt::format("the port {} of the host {} is not possible: give a number from 1 to 65535, or none for the "
                                "default",
                                shown(raw, text_), shown(host, text_)));
    }

    [[noreturn]] void refuse_host(string_view raw, string_view why) const {
        throw_error(errc::url_syntax, fmt::format("the host {} is not possible: {}", shown(raw, text_), why));
    }

    url::option option(string_view raw, bool hide) const {
        const auto equals = raw.find('=');
        if (raw.empty()) throw_error(errc::url_syntax, "an option is empty: write ?key=value&key=value, without an & too many");
        if (equals == string_view::npos)
            throw_error(errc::url_syntax, fmt::format("the option {} has no value: write key=value, and a & within a value as %26",
                                                      hide ? "behind a secret one" : shown(raw, text_)));
        if (equals == 0) throw_error(errc::url_syntax, "an option has no key before its \"=\": write key=value");
        std::string key = decode("an option's key", raw.substr(0, equals));
        // The escape that is broken may be a part of the secret.
        const string_view value = raw.substr(equals + 1);
        std::string decoded;
        if (detail::is_secret_option(key) && !detail::percent_decode(value, decoded).empty())
            throw_error(errc::url_encoding,
                        fmt::format("the option {} holds a % that two hexadecimal digits do not follow: write the % itself as %25", key));
        return {key, decode(fmt::format("the option {}", key), value)};
    }

    string_view text_;
};

}  // namespace

url url::parse(std::string_view text) {
    const parser read{text};
    const raw_parts parts = read.split();
    url result;
    std::tie(result.dialect_, result.driver_) = read.scheme(parts.scheme);
    std::string_view places = parts.authority;
    // The last "@": one in a password should be encoded, but where no host holds one it can be told apart.
    if (const auto at = places.rfind('@'); at != string_view::npos) {
        const string_view who = places.substr(0, at);
        const auto colon = who.find(':');
        if (colon != 0 && !who.empty()) result.user_ = read.decode("the user", who.substr(0, colon));
        if (colon != string_view::npos) result.password_ = read.decode("the password", who.substr(colon + 1));
        places.remove_prefix(at + 1);
    }
    result.hosts_ = read.hosts(places);
    if (!parts.path.empty()) result.database_ = read.decode("the database", parts.path.substr(1));
    result.options_ = read.options(parts);
    return result;
}

}  // namespace azoth
