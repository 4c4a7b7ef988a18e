#pragma once

#include <azoth/azoth.hpp>

namespace azoth::command {

/// Makes what comes behind the rows and is not there yet: indexes, keys, numbering, triggers and views. `there`: what the target has in
/// the schema of the copy.
void complete_tables(const schema_definition& wanted, const schema_definition& there, const engine& target);

}  // namespace azoth::command
