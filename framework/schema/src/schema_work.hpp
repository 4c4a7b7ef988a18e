#pragma once

#include <azoth/schema/definition.hpp>
#include <azoth/sql/executor.hpp>

namespace azoth::detail {

/// What of it the database does not have yet, and what it has; by few queries, however much it is.
schema_definition missing_in(executor& in, const schema_definition& all);
schema_definition present_in(executor& in, const schema_definition& all);

/// Creates all of it, each after what it needs; kinds that the server does not have are left out where columns do without them.
void create_schema_objects(executor& in, const schema_definition& all);
void drop_schema_objects(executor& in, const schema_definition& all);

}  // namespace azoth::detail
