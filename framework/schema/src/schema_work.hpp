#pragma once

#include <azoth/schema/definition.hpp>
#include <azoth/sql/executor.hpp>
#include <azoth/sql/rules.hpp>

namespace azoth::detail {

/// What of it the database does not have yet, and what it has; by few queries, however much it is.
schema_definition missing_in(executor& in, const schema_definition& all);
schema_definition present_in(executor& in, const schema_definition& all);

/// The statements that create all of it, each after what it needs; types that the server does not have are left out, since columns do
/// without them.
std::vector<node_ptr> creating(const schema_definition& all, const capabilities& can, const ddl_rules& rules);
std::vector<node_ptr> dropping(const schema_definition& all, const capabilities& can, const ddl_rules& rules);

/// COMMENT ON the table and its columns, as far as they have any.
std::vector<node_ptr> table_comments(const table_ptr& t);

}  // namespace azoth::detail
