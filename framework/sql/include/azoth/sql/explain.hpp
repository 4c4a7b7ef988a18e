#pragma once

#include <azoth/sql/profile.hpp>

#include <cstdint>
#include <string>

namespace azoth {

enum class explain_format : std::uint8_t {
    text,  ///< for people, as the database shows it
    json,
};

struct explain_options {
    bool analyze{};  ///< runs the statement, effects and all, and shows what really happened
    explain_format format{explain_format::text};
};

/// What stands before a statement to have its plan in place of its rows: "EXPLAIN ". Asked only for what the profile claims.
using explain_rule = std::string (*)(const profile& server, const explain_options& options);

}  // namespace azoth
