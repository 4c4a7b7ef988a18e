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

/// Names, types and whether they may be NULL, for the driver interface.
std::vector<column_info> describe_columns(lib::ResultSetMetaData& from, const std::vector<column>& columns);

[[nodiscard]] bool has_float(const std::vector<column>& columns) noexcept;

/// Throws not_supported_error where the library's prepared statements cannot read the columns: it would read past its buffer for a DECIMAL
/// of more than 64 characters, and does not know all types.
void require_readable(lib::ResultSetMetaData& from, const std::vector<column>& columns);

}  // namespace azoth::mysql::connector
