#pragma once

#include <azoth/azoth.hpp>

#include <string>
#include <vector>

namespace azoth::command {

/// Takes out foreign keys to tables that neither go along nor are in the target, with a note for each.
void leave_out_loose_keys(portable_schema& copy, const engine& target);

/// Notes as lines for people, in their order: one for all objects of which the same is said.
std::vector<std::string> grouped_notes(const std::vector<reflection_note>& notes, const schema_definition& all);

}  // namespace azoth::command
