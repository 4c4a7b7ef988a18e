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

/// Gives other names, with a note each, to indexes and constraints that are called as others where the server wants them to differ: those
/// of other tables, and what is `there` already beside the tables of the schema. `portable_to` does so of the schema by itself.
AZOTH_API void tell_names_apart(portable_schema& made, const profile& server, std::string_view server_family,
                                const schema_definition& there = {});

}  // namespace azoth
