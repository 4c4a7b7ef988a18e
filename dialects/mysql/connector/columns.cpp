#include "columns.hpp"

#include <cppconn/datatype.h>
#include <fmt/format.h>

#include <algorithm>

namespace azoth::mysql::connector {
namespace {

using std::string_view;

constexpr unsigned most_decimal_chars = 64;  // the library's buffer

/// The protocol's number of a type, which the library translates to one of its own.
unsigned protocol_type(int type) noexcept {
    using t = lib::DataType;
    switch (type) {
        case t::TINYINT: return 1;
        case t::SMALLINT: return 2;
        case t::INTEGER: return 3;
        case t::REAL: return 4;
        case t::DOUBLE: return 5;
        case t::SQLNULL: return 6;
        case t::BIGINT: return 8;
        case t::MEDIUMINT: return 9;
        case t::DATE: return 10;
        case t::TIME: return 11;
        case t::TIMESTAMP: return 12;  // DATETIME; or TIMESTAMP
        case t::YEAR: return 13;
        case t::BIT: return 16;
        case t::JSON: return 245;
        case t::DECIMAL:
        case t::NUMERIC: return 246;
        case t::LONGVARCHAR:
        case t::LONGVARBINARY: return 252;
        case t::VARCHAR:
        case t::VARBINARY: return 253;
        case t::CHAR:
        case t::BINARY:
        case t::ENUM:
        case t::SET: return 254;
        case t::GEOMETRY: return 255;
        default: return 0;
    }
}

bool is_binary_type(int type) noexcept {
    using t = lib::DataType;
    return type == t::BINARY || type == t::VARBINARY || type == t::LONGVARBINARY || type == t::GEOMETRY;
}

/// The library looks up the character set of a TEXT, and does not know the newer collations; "binary" it knows.
int type_of(lib::ResultSetMetaData& from, unsigned at) {
    try {
        return from.getColumnType(at);
    } catch (const lib::SQLException&) {
        return lib::DataType::LONGVARCHAR;
    }
}

/// Types that the library has no name for: MySQL's JSON is text, all else is bytes.
column_facts unknown_facts(lib::ResultSetMetaData& from, unsigned at) {
    column_facts facts;
    try {
        facts.is_binary = from.getColumnCharset(at).compare("binary") == 0;
    } catch (const lib::SQLException&) {
        facts.is_binary = false;
    }
    facts.type = facts.is_binary ? 252 : 245;
    return facts;
}

column_facts facts_of(lib::ResultSetMetaData& from, unsigned at) {
    using t = lib::DataType;
    const int type = type_of(from, at);
    if (type == t::UNKNOWN) return unknown_facts(from, at);
    column_facts facts;
    facts.type = protocol_type(type);
    facts.is_binary = is_binary_type(type);
    facts.is_label = type == t::ENUM || type == t::SET;
    facts.is_unsigned = type == t::BIGINT && !from.isSigned(at);
    if (type == t::DECIMAL) {
        facts.decimals = from.getScale(at);
        facts.length = from.getColumnDisplaySize(at);
    } else if (type == t::TIMESTAMP && from.getColumnTypeName(at).compare("TIMESTAMP") == 0) {
        facts.type = 7;
    } else if (type == t::BINARY && from.getColumnTypeName(at).compare("BIT") == 0) {
        throw_error(errc::not_supported, fmt::format("Connector/C++ cannot read the BIT column \"{}\": select it as CAST(... AS UNSIGNED)",
                                                     from.getColumnLabel(at).asStdString()));
    }
    return facts;
}

/// For people, and so with its sign and kind of label.
std::string_view type_name(lib::ResultSetMetaData& from, unsigned at, const column_facts& facts) {
    if (facts.is_label) return from.getColumnTypeName(at).compare("SET") == 0 ? "SET" : "ENUM";
    column_facts all = facts;
    all.is_unsigned = !from.isSigned(at);
    return native_name(all);
}

[[noreturn]] void refuse(lib::ResultSetMetaData& from, unsigned at, string_view what, string_view instead) {
    throw_error(
        errc::not_supported,
        fmt::format("Connector/C++ cannot read the column \"{}\" of a prepared statement, {}: select {}, or use the driver libmariadb",
                    from.getColumnLabel(at).asStdString(), what, instead));
}

}  // namespace

void read_columns(lib::ResultSetMetaData& from, std::vector<column>& to) {
    to.resize(from.getColumnCount());
    for (unsigned i = 0; i < to.size(); ++i) {
        to[i].facts = facts_of(from, i + 1);
        to[i].kind = kind_of(to[i].facts);
    }
}

void describe_columns(lib::ResultSetMetaData& from, const std::vector<column>& columns, std::vector<column_info>& to) {
    to.resize(columns.size());
    for (unsigned i = 0; i < to.size(); ++i) {
        const lib::SQLString label = from.getColumnLabel(i + 1);
        if (to[i].name != label.asStdString()) to[i].name = label.asStdString();
        const string_view type = type_name(from, i + 1, columns[i].facts);
        if (to[i].native_type != type) to[i].native_type = type;
        to[i].nullable = from.isNullable(i + 1) != lib::ResultSetMetaData::columnNoNulls;
    }
}

bool has_float(const std::vector<column>& columns) noexcept {
    return std::ranges::any_of(columns, [](const column& c) { return c.kind == column_kinds::real; });
}

void require_known_types(lib::ResultSetMetaData& from, const std::vector<column>& columns) {
    for (unsigned i = 0; i < columns.size(); ++i) {
        if (columns[i].facts.type == 255) refuse(from, i + 1, "a GEOMETRY", "ST_AsWKB(...)");
        if (type_of(from, i + 1) == lib::DataType::UNKNOWN) refuse(from, i + 1, "of a type that it does not know", "CAST(... AS CHAR)");
    }
}

void require_narrow_decimals(lib::ResultSetMetaData& from, const std::vector<column>& columns) {
    for (unsigned i = 0; i < columns.size(); ++i) {
        if (columns[i].kind != column_kinds::decimal && columns[i].kind != column_kinds::wide_decimal) continue;
        // What the library calls the precision is the length of the longest value, less the scale.
        const unsigned longest = from.getPrecision(i + 1) + from.getScale(i + 1);
        if (longest > most_decimal_chars) refuse(from, i + 1, "with a DECIMAL of more than 64 characters in it", "CAST(... AS CHAR)");
    }
}

}  // namespace azoth::mysql::connector
