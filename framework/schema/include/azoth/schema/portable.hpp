#pragma once

#include <azoth/schema/definition.hpp>
#include <azoth/sql/profile.hpp>

#include <string_view>
#include <vector>

namespace azoth {

/// A schema made fit for another server, and what it lost on the way: a note for each thing that the server does not have or that its
/// database had said in its own words. Nothing is lost without a note.
struct portable_schema {
    schema_definition schema{};
    std::vector<reflection_note> lost{};
};

/// `family`: the dialect that the schema was read from, or its family ("mysql" of MariaDB too). Where both are the same, and no capability
/// is missing, the schema comes back as it is.
[[nodiscard]] AZOTH_API portable_schema portable_to(const schema_definition& all, std::string_view family, const profile& server,
                                                    std::string_view server_family);

}  // namespace azoth
