#pragma once

#include "handle.hpp"

#include "sql/options.hpp"

#include <string>

namespace azoth::mysql {

/// One host of a URL, as the client library takes it.
class connect_target {
public:
    /// Both must outlive the object.
    connect_target(const settings& of, const url::host& host);

    /// Of a handle that is not connected yet. Throws operational_error (connect-failed) where the library does not take an option.
    void set_options(MYSQL* to) const;
    /// Throws operational_error (connect-failed) where TLS was asked for, and the connection that was made has none.
    void require_tls(MYSQL* on) const;

    [[nodiscard]] const char* host() const noexcept { return is_socket() || host_.name.empty() ? nullptr : host_.name.c_str(); }
    [[nodiscard]] const char* socket() const noexcept { return socket_.empty() ? nullptr : socket_.c_str(); }
    [[nodiscard]] unsigned port() const noexcept { return host_.port; }
    [[nodiscard]] const char* database() const noexcept { return settings_.database.empty() ? nullptr : settings_.database.c_str(); }

private:
    [[nodiscard]] bool is_socket() const noexcept { return !socket_.empty(); }
    [[nodiscard]] bool goes_by_network() const noexcept { return host() != nullptr; }
    void set_tls(MYSQL* to) const;

    const settings& settings_;
    const url::host& host_;
    std::string socket_;
};

}  // namespace azoth::mysql
