#pragma once

#include <azoth/dialect.hpp>

#include <sqlite3.h>

#include <string_view>

namespace azoth::sqlite {

/// The collation of columns that keep numbers as text: wide decimals and unsigned 64-bit integers.
inline constexpr const char* decimal_collation = "azoth_decimal";

/// How two texts compare as decimal numbers of any length: negative, zero or positive. What is no number comes after all numbers, in
/// byte order, so that the order is total. Allocates nothing for plain digits.
int compare_decimal_texts(std::string_view a, std::string_view b) noexcept;

/// The exact number that an SQL value stands for; not for NULL. A REAL is rounded to the 15 digits that it keeps of every decimal.
/// Throws data_error for text that is no number, for bytes and for what is no finite number.
decimal number_of(sqlite3_value* value);

/// The quotient, exact where it has an end: at least 20 significant digits, without trailing zeros beyond the operands' own scale.
decimal quotient(const decimal& a, const decimal& b);

/// Cut off towards zero behind so many digits.
decimal truncated(const decimal& value, int scale);
/// Rounded down to an integer.
decimal floored(const decimal& value);

/// Rounded to `scale`; throws data_error (value-range) where it has more than `precision` digits then. A precision of 0 takes all.
decimal fitted(const decimal& value, int precision, int scale);

}  // namespace azoth::sqlite
