#pragma once

#include "sql_session.hpp"

#include <istream>

namespace azoth::command {

/// Reads statements from a terminal until \q or the end of the input. Errors are told, and the shell goes on.
void run_shell(sql_session& session, const std::string& title);
/// Runs a script; the first error ends it, an open transaction at its end is an error too.
void run_script(sql_session& session, std::istream& script, const std::string& name);

}  // namespace azoth::command
