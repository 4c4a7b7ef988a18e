#pragma once

#include <azoth/schema/definition.hpp>

namespace azoth::detail {

/// Keys by which rows are told apart: what upserts have to know.
std::vector<unique_key> keys_of(const table_definition& table);

/// The table under a name, with columns: what `details` says of them is the caller's to set.
std::shared_ptr<table_definition> table_like(const table_definition& of, std::string name, std::vector<column_spec> columns);

}  // namespace azoth::detail
