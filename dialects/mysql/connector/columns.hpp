#pragma once

#include "library.hpp"

#include "sql/values.hpp"

#include <vector>

namespace azoth::mysql::connector {

/// A column as the library tells it.
struct column {
    column_facts facts{};
    column_kinds kind{};
};

/// Reads what the library knows of a result's columns into `to`. What the library has no name for is taken for text or bytes. Throws
/// lib::SQLException.
void read_columns(lib::ResultSetMetaData& from, std::vector<column>& to);

/// Names, types and whether they may be NULL, for the driver interface. A statement mostly has the columns it had the last time: what
/// stands in `to` is only changed where it differs.
void describe_columns(lib::ResultSetMetaData& from, const std::vector<column>& columns, std::vector<column_info>& to);

[[nodiscard]] bool has_float(const std::vector<column>& columns) noexcept;

/// Throws not_supported_error where the library's prepared statements do not know a column's type.
void require_known_types(lib::ResultSetMetaData& from, const std::vector<column>& columns);

/// Of a prepared statement that has run: throws not_supported_error where a DECIMAL has more than the 64 characters that the library has
/// room for; it would read past them. `from` has to be the result's own.
void require_narrow_decimals(lib::ResultSetMetaData& from, const std::vector<column>& columns);

}  // namespace azoth::mysql::connector
