#pragma once

#include <azoth/dialect.hpp>

#include "handle.hpp"

#include <string>
#include <string_view>

namespace azoth::postgresql {

/// A field of an error or notice, empty where it has none. `which` is one of libpq's PG_DIAG_…; lives as long as the result.
std::string_view error_field(const PGresult* from, int which);

/// The error that a result is: message, detail, hint and context, SQLSTATE, and the constraint (of NOT NULL: table and column).
native_error make_error(const PGresult* from);

/// The connection is gone; with libpq's own words where it has any.
native_error make_lost_error(const PGconn* connection);

/// Whether a result says that what was prepared does not fit any more.
bool says_stale(const PGresult* from);

/// A message of libpq's in one line, without "ERROR:" and the like.
std::string one_line(std::string message);

}  // namespace azoth::postgresql
