#pragma once

#include "connect_guard.hpp"
#include "library.hpp"

#include "sql/options.hpp"

#include <memory>

namespace azoth::mysql::connector {

/// A connection of the library's, and what it does not tell.
struct opened {
    std::unique_ptr<lib::Connection> connection{};
    int socket{-1};  ///< belongs to the library; -1: not found
    url::host host{};
};

/// Connects to one host, in the guard's time. Where TLS was asked for, it is checked to be there: the library goes on without it, and tells
/// nobody. Throws native_error; operational_error (connect-failed) where the server has no TLS or does not answer in time.
opened open_host(const settings& to, const url::host& host, const deadline& until, connect_guard& guard);

/// Connects to the first host that answers. Throws operational_error (connect-failed, permission-denied) for the last one that did not.
opened open_first(const settings& to, const deadline& until);

/// Throws operational_error (connect-failed): the deadline is over.
[[noreturn]] void throw_too_late(const settings& to, const url::host& host);

}  // namespace azoth::mysql::connector
