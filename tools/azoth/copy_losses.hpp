#pragma once

#include <azoth/azoth.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace azoth::command {

/// Takes out foreign keys to tables that neither go along nor are in the target, with a note for each. `there`: what the target has in the
/// schema of the copy.
void leave_out_loose_keys(portable_schema& copy, const schema_definition& there, const engine& target);

/// Columns that refer to a table that is there get its column's type, where the server wants the very same.
void take_types_of_parents(portable_schema& copy, const schema_definition& there, std::string_view family);

/// Notes as lines for people, in their order: one for all objects of which the same is said.
std::vector<std::string> grouped_notes(const std::vector<reflection_note>& notes, const schema_definition& all);

}  // namespace azoth::command
