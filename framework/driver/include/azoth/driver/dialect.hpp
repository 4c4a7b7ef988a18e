#pragma once

#include <azoth/base/log.hpp>
#include <azoth/driver/connection.hpp>
#include <azoth/driver/native_error.hpp>
#include <azoth/driver/server_message.hpp>
#include <azoth/schema/reflector.hpp>
#include <azoth/sql/profile.hpp>
#include <azoth/sql/rules.hpp>
#include <azoth/url/url.hpp>

#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace azoth {

class executor;

/// An option that a driver takes in its URLs' query.
struct url_option {
    std::string name{};
    std::string help{};                  ///< one line: meaning, unit, default
    std::vector<std::string> allowed{};  ///< the words it takes; empty: any text
};

/// Who a dialect is.
struct dialect_info {
    std::string dialect{};  ///< "sqlite"
    std::string driver{};   ///< "sqlite3"
    std::vector<url_option> options{};
    std::uint16_t default_port{};  ///< 0: none
    bool is_embedded{};            ///< the URL names a file, not a host
    bool has_hosts{true};          ///< more than one host may be named
};

/// Allocated by the framework and read by plugins: a minor version may add fields at the end.
struct connect_args {
    const azoth::url& target;
    azoth::waiter& wait;
    deadline until{};
    log_sink log{};           ///< may be empty
    message_sink messages{};  ///< may be empty
    /// How long what has no deadline of its own (begin, commit, rollback, savepoints, reset, a good-bye) may wait for the server before
    /// the connection counts as lost; zero: for ever.
    std::chrono::milliseconds control_timeout{};
    /// For a derived dialect, which judges itself: no server is refused for its version.
    bool any_version{};
};

/// One (dialect, driver) pair: thread-safe, without state of its own. What a plugin's factory makes. Its functions stay as they are within
/// a major version of the interface.
class AZOTH_API dialect {
public:
    virtual ~dialect();

    [[nodiscard]] virtual const dialect_info& info() const = 0;
    /// How statements, expressions, DDL, types and identifiers are written: what differs from ANSI.
    [[nodiscard]] virtual const rule_table& rules() const = 0;
    /// What the newest supported server can do: for compiling without a connection.
    virtual void default_profile(profile& out) const = 0;
    /// Refuses what no server must ever see: a URL part that the dialect has no use for, options that contradict. The framework has
    /// checked the options' names and words already. The default accepts.
    virtual void check_url(const url& target) const;
    virtual std::unique_ptr<driver_connection> connect(const connect_args& args) const = 0;
    [[nodiscard]] virtual error_class classify(const native_error& error) const = 0;
    /// Reads a database's schema through catalogue queries; null where the dialect cannot.
    [[nodiscard]] virtual std::unique_ptr<reflector> make_reflector(executor& through) const;
    /// The pool that suits the URL: an in-memory database has one connection that everybody shares.
    enum class pool_hint : unsigned char { queue, shared_connection };
    [[nodiscard]] virtual pool_hint suggested_pool(const url& target) const;
};

}  // namespace azoth
