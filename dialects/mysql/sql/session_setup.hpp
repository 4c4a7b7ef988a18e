#pragma once

#include "options.hpp"
#include "profile.hpp"
#include "server.hpp"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace azoth::mysql {

/// Rows of an answer to a statement of the driver's own, as text; std::nullopt is NULL.
using text_row = std::vector<std::optional<std::string>>;

/// The statement that sets a session up: SQL mode, character set and collation, time zone, digits of a quotient.
std::string setup_sql(const settings& wanted, const server_facts& server, const driver_facts& driver);

/// The query that `verify_setup` wants the answer to: one row.
std::string verification_sql(const server_facts& server);

/// Compares the session with what was asked for, and fills in the facts (all but kind and version). Throws operational_error
/// (connect-failed) naming the setting that did not stick.
void verify_setup(const text_row& answer, const settings& wanted, server_facts& server);

/// The SQL mode in force for these settings, as words with commas between.
std::string sql_mode_for(const settings& wanted);

}  // namespace azoth::mysql
