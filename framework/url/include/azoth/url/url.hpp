#pragma once

#include <azoth/base/export.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace azoth {

/// Where a database is and how to reach it:
///
///     dialect[+driver]://user:password@host:port[,host:port...]/database?key=value&key=value
///
/// A value: copy it, change it with the `with_` functions, compare it. Parts are kept decoded. Errors never show a password.
class AZOTH_API url {
public:
    struct host {
        std::string name{};    ///< a name, an IPv4 or (without brackets) IPv6 address; a path where it is a unix socket
        std::uint16_t port{};  ///< 0: the dialect's default
        [[nodiscard]] bool is_socket() const noexcept { return !name.empty() && name.front() == '/'; }
        friend bool operator==(const host&, const host&) = default;
    };
    using option = std::pair<std::string, std::string>;

    url() = default;
    /// Throws url_error (url-syntax, url-port, url-encoding) that names the offending part.
    static url parse(std::string_view text);

    [[nodiscard]] const std::string& dialect() const noexcept { return dialect_; }
    /// Empty: the dialect's default driver.
    [[nodiscard]] const std::string& driver() const noexcept { return driver_; }
    /// "dialect" or "dialect+driver".
    [[nodiscard]] std::string scheme() const;
    [[nodiscard]] const std::optional<std::string>& user() const noexcept { return user_; }
    [[nodiscard]] const std::optional<std::string>& password() const noexcept { return password_; }
    [[nodiscard]] const std::vector<host>& hosts() const noexcept { return hosts_; }
    /// What follows the slash behind the host: a database's name, or a path: `sqlite:///relative`, `sqlite:////absolute`.
    [[nodiscard]] const std::string& database() const noexcept { return database_; }
    /// In the order given; a key may come more than once.
    [[nodiscard]] const std::vector<option>& options() const noexcept { return options_; }
    /// The last value given for a key.
    [[nodiscard]] std::optional<std::string> find_option(std::string_view key) const;

    // Each returns a changed copy. Throws url_error where the part could not stand in a URL (a dialect's name with a blank, say).
    [[nodiscard]] url with_dialect(std::string_view dialect, std::string_view driver = {}) const;
    /// An empty name is none: a URL cannot tell them apart.
    [[nodiscard]] url with_user(std::optional<std::string> user) const;
    [[nodiscard]] url with_password(std::optional<std::string> password) const;
    [[nodiscard]] url with_hosts(std::vector<host> hosts) const;
    [[nodiscard]] url with_host(std::string_view name, std::uint16_t port = 0) const;
    [[nodiscard]] url with_database(std::string_view database) const;
    /// Sets the key, in place of all values it had.
    [[nodiscard]] url with_option(std::string_view key, std::string_view value) const;
    [[nodiscard]] url without_option(std::string_view key) const;

    enum class secrets : unsigned char { hidden, shown };
    /// As `parse` reads it back. The password, and the values of options with "password", "passwd", "passphrase", "pwd", "secret" or
    /// "token" in their names, print as "***" unless they are asked for.
    [[nodiscard]] std::string to_string(secrets show = secrets::hidden) const;

    /// Part by part; the order of options with different keys does not matter.
    AZOTH_API friend bool operator==(const url& a, const url& b);

private:
    std::string dialect_{};
    std::string driver_{};
    std::optional<std::string> user_{};
    std::optional<std::string> password_{};
    std::vector<host> hosts_{};
    std::string database_{};
    std::vector<option> options_{};
};

}  // namespace azoth
