#pragma once

#include "sql_session.hpp"

#include <array>
#include <istream>
#include <string_view>

namespace azoth::command {

/// What the shell itself is told.
inline constexpr std::array<std::string_view, 9> shell_commands{"\\d", "\\x", "\\timing", "\\pager", "\\format",
                                                                "\\i", "\\r", "\\?",      "\\q"};

/// Reads statements from a terminal until \q or the end of the input. Errors are told, and the shell goes on.
void run_shell(sql_session& session, const std::string& title);
/// Runs a script; the first error ends it, an open transaction at its end is an error too.
void run_script(sql_session& session, std::istream& script, const std::string& name);

}  // namespace azoth::command
