#include "parameters.hpp"

#include "sql/temporal.hpp"
#include "sql/values.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>

namespace azoth::mysql {
namespace {

constexpr std::uint64_t header_bytes = 64;  // of a packet

void fill(MYSQL_TIME& to, const cell& value) {
    const moment_parts p = parts_of(value);
    to = MYSQL_TIME{};
    to.year = p.year;
    to.month = p.month;
    to.day = p.day;
    to.hour = p.hour;
    to.minute = p.minute;
    to.second = p.second;
    to.second_part = p.microsecond;
}

/// "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx"; as to_string has it, without an allocation.
std::size_t write_uuid(char* to, const unsigned char* bytes) noexcept {
    static constexpr char digits[] = "0123456789abcdef";
    char* const start = to;
    for (int i = 0; i < 16; ++i) {
        if (i == 4 || i == 6 || i == 8 || i == 10) *to++ = '-';
        *to++ = digits[bytes[i] >> 4];
        *to++ = digits[bytes[i] & 15];
    }
    return static_cast<std::size_t>(to - start);
}

/// The server would hang up.
void refuse_too_much(std::uint64_t bytes, std::uint64_t most) {
    if (bytes + header_bytes <= most) return;
    throw_error(errc::value_range,
                fmt::format("the statement's values have {} bytes, and the server takes {} at once: send less, or raise its "
                            "max_allowed_packet",
                            bytes, most));
}

bool is_large(const cell& c) noexcept { return c.tag == cell_tag::u64 && c.u64 > static_cast<std::uint64_t>(INT64_MAX); }

}  // namespace

std::size_t size_on_wire(const cell& value) noexcept { return value.is_view() ? value.chars.size + 9 : 40; }

void parameters::resize(std::size_t columns) {
    binds_.assign(columns, MYSQL_BIND{});
    slots_.resize(columns);
}

enum_field_types parameters::type_of(cell_tag tag) noexcept {
    switch (tag) {
        case cell_tag::null: return MYSQL_TYPE_NULL;
        case cell_tag::i64:
        case cell_tag::u64:
        case cell_tag::interval: return MYSQL_TYPE_LONGLONG;
        case cell_tag::f64: return MYSQL_TYPE_DOUBLE;
        case cell_tag::bytes: return MYSQL_TYPE_BLOB;
        case cell_tag::decimal: return MYSQL_TYPE_NEWDECIMAL;
        case cell_tag::date: return MYSQL_TYPE_DATE;
        case cell_tag::time: return MYSQL_TYPE_TIME;
        case cell_tag::timestamp:
        case cell_tag::instant: return MYSQL_TYPE_DATETIME;
        case cell_tag::text:
        case cell_tag::json:
        case cell_tag::array:
        case cell_tag::uuid: return MYSQL_TYPE_STRING;
    }
    return MYSQL_TYPE_STRING;
}

/// Of a value that has been checked.
void parameters::load(const cell& value, MYSQL_BIND& to, slot& in) noexcept {
    switch (value.tag) {
        case cell_tag::null: return;
        case cell_tag::i64:
        case cell_tag::u64: in.number = value.i64; break;
        case cell_tag::f64: in.real = value.f64; break;
        case cell_tag::interval:
            in.number = value.interval.days * std::chrono::microseconds{std::chrono::days{1}}.count() + value.interval.microseconds;
            break;
        case cell_tag::date:
        case cell_tag::time:
        case cell_tag::timestamp:
        case cell_tag::instant: fill(in.time, value); break;
        case cell_tag::uuid: to.buffer_length = write_uuid(in.text, value.raw); break;
        default:
            // The library takes a null pointer for NULL, even where the length is 0.
            to.buffer = value.chars.size == 0 ? in.text : const_cast<char*>(value.chars.data);
            to.buffer_length = value.chars.size;
            return;
    }
    to.buffer = &in;
}

void parameters::set(std::span<const cell> values, std::uint64_t most_bytes) {
    resize(values.size());
    std::uint64_t bytes = 0;
    for (std::size_t i = 0; i < values.size(); ++i) {
        check_parameter(values[i]);
        bytes += size_on_wire(values[i]);
        binds_[i].buffer_type = type_of(values[i].tag);
        binds_[i].is_unsigned = is_large(values[i]);
        load(values[i], binds_[i], slots_[i]);
    }
    refuse_too_much(bytes, most_bytes);
}

void parameters::settle_column(std::span<cell> values, std::size_t columns, std::size_t column) {
    enum_field_types type = MYSQL_TYPE_NULL;
    bool is_mixed = false;
    bool has_large = false;
    bool has_negative = false;
    for (std::size_t at = column; at < values.size(); at += columns) {
        const cell& c = values[at];
        check_parameter(c);
        if (c.is_null()) continue;
        is_mixed = is_mixed || (type != MYSQL_TYPE_NULL && type != type_of(c.tag));
        type = type_of(c.tag);
        has_large = has_large || is_large(c);
        has_negative = has_negative || (c.tag == cell_tag::i64 && c.i64 < 0);
    }
    if (is_mixed || (has_large && has_negative)) {
        for (std::size_t at = column; at < values.size(); at += columns)
            if (!values[at].is_null()) values[at] = cell::text(parameter_text(values[at], scratch_));
        type = MYSQL_TYPE_STRING;
        has_large = false;
    }
    binds_[column].buffer_type = type;
    binds_[column].is_unsigned = has_large;
    binds_[column].buffer = &slots_[column];
    binds_[column].u.indicator = &slots_[column].indicator;
}

void parameters::set_rows(std::span<cell> values, std::size_t columns, std::uint64_t most_bytes) {
    std::uint64_t bytes = 0;
    for (const cell& c : values) bytes += size_on_wire(c);
    refuse_too_much(bytes, most_bytes);
    scratch_.clear();
    resize(columns);
    for (std::size_t i = 0; i < columns; ++i) settle_column(values, columns, i);
    rows_ = values;
}

void parameters::load_row(MYSQL_BIND* to, std::size_t row) noexcept {
    for (std::size_t i = 0; i < binds_.size(); ++i) {
        const cell& value = rows_[row * binds_.size() + i];
        slots_[i].indicator = value.is_null() ? STMT_INDICATOR_NULL : STMT_INDICATOR_NONE;
        load(value, to[i], slots_[i]);
    }
}

}  // namespace azoth::mysql
