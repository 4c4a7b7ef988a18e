#pragma once

#include "library.hpp"

#include "sql/options.hpp"

#include <chrono>
#include <memory>

namespace azoth::mysql::connector {

/// A connection of the library's, and what it does not tell.
struct opened {
    std::unique_ptr<lib::Connection> connection{};
    int socket{-1};  ///< belongs to the library; -1: not found
    url::host host{};
};

/// How long one step of connecting may take, in whole seconds: the library knows no finer ones.
using step_timeout = std::chrono::seconds;

/// Connects to one host. Where TLS was asked for, it is checked to be there: the library goes on without it, and tells nobody. Throws
/// native_error; operational_error (connect-failed) where the server has no TLS.
opened open_host(const settings& to, const url::host& host, step_timeout patience);

/// Connects to the first host that answers. Throws operational_error (connect-failed, permission-denied) for the last one that did not.
opened open_first(const settings& to, const deadline& until);

/// Throws operational_error (connect-failed): the deadline is over.
[[noreturn]] void throw_too_late(const settings& to, const url::host& host);

}  // namespace azoth::mysql::connector
