#pragma once

#include "handle.hpp"
#include "options.hpp"
#include "session.hpp"

namespace azoth::sqlite {

/// Opens the database and checks that it is one. Throws native_error; one for a file that cannot be opened says why.
database_handle open_database(const settings& to);

/// Gives the session the handle and everything that the URL asks for. Waits for locks as the session does.
void set_up(session& on, database_handle db, const settings& to);

}  // namespace azoth::sqlite
