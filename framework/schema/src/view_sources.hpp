#pragma once

#include <azoth/schema/definition.hpp>

namespace azoth::detail {

/// The tables that a query reads, each once.
std::vector<object_name> tables_in(const node& query);

}  // namespace azoth::detail
