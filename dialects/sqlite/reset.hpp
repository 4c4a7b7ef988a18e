#pragma once

#include "options.hpp"
#include "session.hpp"

#include <string>
#include <utility>
#include <vector>

namespace azoth::sqlite {

/// What a connection's settings were after it had been opened: names and values of pragmas.
using pragma_values = std::vector<std::pair<std::string, std::string>>;
pragma_values read_pragmas(session& on);

/// Opens the file anew: settings, temporary objects and attached databases stay behind with the old handle.
void reopen(session& on, const settings& to);

/// The same for a database in memory, which lives as long as its handle does: takes back piece by piece what a program can have done to
/// the connection. Does what it can where a piece fails. Returns whether no transaction is left open.
bool clean(session& on, const settings& to, const pragma_values& original);

}  // namespace azoth::sqlite
