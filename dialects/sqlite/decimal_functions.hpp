#pragma once

#include "handle.hpp"

namespace azoth::sqlite {

/// Gives a connection what the rules for exact numbers use: the collation azoth_decimal and the functions azoth_decimal, azoth_add,
/// azoth_subtract, azoth_multiply, azoth_divide, azoth_modulo, azoth_negate, azoth_abs, azoth_round, azoth_truncate, azoth_floor,
/// azoth_ceil, azoth_floor_div, azoth_fit, azoth_unsigned, azoth_remainder (of doubles), azoth_sum and azoth_avg. They take numbers and
/// their text; NULL gives NULL.
void register_decimals(sqlite3* db);

}  // namespace azoth::sqlite
