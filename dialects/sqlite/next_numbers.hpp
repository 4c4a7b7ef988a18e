#pragma once

#include <azoth/dialect.hpp>

namespace azoth::sqlite {

/// What comes next of AUTOINCREMENT keys, by two queries. A key that has not counted yet, or is numbered without AUTOINCREMENT, has no
/// number but the largest there is.
std::vector<next_number> next_numbers(executor& on, std::string_view schema, const reflection_request& request);

}  // namespace azoth::sqlite
