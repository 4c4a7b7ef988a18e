#pragma once

#include "options.hpp"

#include <azoth/dialect.hpp>

#include <string_view>

namespace azoth::mysql {

/// How a column's values reach the program; decided once for a column, from what the server says of it.
enum class column_kinds : std::uint8_t {
    null,          ///< a bare NULL
    integer,       ///< BIGINT and shorter, YEAR: i64
    unsigned_,     ///< BIGINT UNSIGNED: u64
    real,          ///< FLOAT: f64 with the digits of a float
    double_,       ///< f64
    decimal,       ///< digits
    wide_decimal,  ///< DECIMAL(65, 30), what a numeric without precision is declared as: digits, without the zeros at their end
    text,
    bytes,
    date,
    time,
    timestamp,  ///< DATETIME
    instant,    ///< TIMESTAMP
    uuid,       ///< MariaDB's UUID
    json,
    bits,  ///< BIT(n): i64, or u64 where the highest of 64 bits is set
};

/// What a server says of a column, apart from the client library's names for it: the numbers of the protocol (MYSQL_TYPE_...).
struct column_facts {
    unsigned type{};  ///< 0 DECIMAL, 1 TINY, 2 SHORT, 3 LONG, 4 FLOAT, 5 DOUBLE ... 246 NEWDECIMAL ... 255 GEOMETRY
    bool is_unsigned{};
    bool is_binary{};  ///< of text types: the character set is "binary" (63)
    unsigned decimals{};
    unsigned long length{};
    bool is_uuid{};   ///< MariaDB's extended metadata: the data type is "uuid"
    bool is_json{};   ///< ... the format is "json"
    bool is_label{};  ///< an ENUM or SET
};
column_kinds kind_of(const column_facts& column) noexcept;

/// The type's name for people: "BIGINT UNSIGNED", "VARCHAR".
std::string_view native_name(const column_facts& column) noexcept;

/// A value that the server or the client library gave as text, in the column's form. Text, bytes, digits and JSON point to `text`.
/// Throws data_error for what cannot be read.
cell read_text_value(column_kinds kind, std::string_view text, zero_dates zeros);

/// Throws not_supported_error: the server writes a FLOAT as text with six digits, which are not its value.
[[noreturn]] void refuse_float_as_text(std::string_view column);

/// The big-endian bytes of a BIT value.
cell bits_cell(std::string_view bytes) noexcept;
/// The digits of a DECIMAL; of a wide one without the zeros at its end.
cell decimal_cell(std::string_view digits, bool wide) noexcept;
/// A UUID as text or as 16 bytes.
cell uuid_cell(std::string_view value);

/// Refuses what no server of this kind can keep, with data_error that names the value: NaN and infinities, decimals of more than 65
/// digits or more than 30 after the point, text that is not UTF-8, intervals with months, moments outside the years 1 to 9999.
void check_parameter(const cell& value);

/// The value in a form that a text parameter can have, where a driver has no better one: digits, "2026-01-31 23:59:59.999999" (instants
/// in UTC, without a zone), microseconds of an interval. Views stay views; the rest goes to `scratch`. Not for NULL.
std::string_view parameter_text(const cell& value, arena& scratch);

}  // namespace azoth::mysql
