#pragma once

#include <azoth/schema/definition.hpp>
#include <azoth/sql/profile.hpp>

namespace azoth::detail {

/// `all` with tables, views and columns spelled as in `model`, where the server takes names for the same that differ by the case of their
/// letters alone; what refers to them is spelled so, too. Expressions and queries stay as they are: the server finds its names in them.
schema_definition spelled_as(const schema_definition& model, schema_definition all, const profile& server);

}  // namespace azoth::detail
