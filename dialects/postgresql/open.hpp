#pragma once

#include <azoth/dialect.hpp>

#include "handle.hpp"
#include "options.hpp"

namespace azoth::postgresql {

/// Connects to the first server that answers and is of the wanted kind. Every wait goes through the waiter. Throws native_error
/// (failed_connect), timeout_error, operational_error (cancelled).
connection_handle open_connection(const settings& to, const connect_args& args);

}  // namespace azoth::postgresql
