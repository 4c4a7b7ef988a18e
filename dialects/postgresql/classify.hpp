#pragma once

#include <azoth/dialect.hpp>

namespace azoth::postgresql {

/// PostgreSQL numbers no errors beside SQLSTATE: the driver's own marks for what SQLSTATE does not tell.
enum error_mark : int {
    plain = 0,
    lost_connection = 1,  ///< the connection is gone, whatever the last word was
    failed_connect = 2,   ///< it was never there
    stale_statement = 3,  ///< what was prepared does not fit the tables any more
};

/// What an error of PostgreSQL means to a program.
error_class classify(const native_error& error);

}  // namespace azoth::postgresql
