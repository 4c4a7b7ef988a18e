#pragma once

#include <azoth/dialect.hpp>

namespace azoth::postgresql {

/// What comes next of sequences, and of columns that have one; by three queries.
std::vector<next_number> next_numbers(executor& on, const reflection_request& request);

}  // namespace azoth::postgresql
