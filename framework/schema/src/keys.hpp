#pragma once

#include <azoth/schema/definition.hpp>

namespace azoth::detail {

/// Keys by which rows are told apart: what upserts have to know.
std::vector<unique_key> keys_of(const table_definition& table);

}  // namespace azoth::detail
