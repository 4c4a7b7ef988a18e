#include "row_decoder.hpp"

#include "sql/temporal.hpp"

#include <bit>
#include <cstring>
#include <utility>

namespace azoth::mysql {
namespace {

using std::string_view;

constexpr unsigned binary_charset = 63;

unsigned char width_of(enum_field_types type) {
    switch (type) {
        case MYSQL_TYPE_TINY: return 1;
        case MYSQL_TYPE_SHORT:
        case MYSQL_TYPE_YEAR: return 2;
        case MYSQL_TYPE_LONG:
        case MYSQL_TYPE_INT24:
        case MYSQL_TYPE_FLOAT: return 4;
        case MYSQL_TYPE_LONGLONG:
        case MYSQL_TYPE_DOUBLE: return 8;
        default: return 0;
    }
}

// The protocol is little-endian, whatever this machine is.
std::uint64_t read_number(const unsigned char* at, unsigned bytes) noexcept {
    std::uint64_t n = 0;
    if constexpr (std::endian::native == std::endian::little) std::memcpy(&n, at, bytes);
    else
        for (unsigned i = 0; i < bytes; ++i) n |= std::uint64_t{at[i]} << (8 * i);
    return n;
}

std::int64_t sign_extended(std::uint64_t n, unsigned bytes) noexcept {
    const unsigned rest = 64 - 8 * bytes;
    return static_cast<std::int64_t>(n << rest) >> rest;
}

/// Where the value's bytes are; the length before them has 1 to 9 bytes.
struct extent {
    std::size_t header;
    std::size_t size;
};

extent extent_at(const unsigned char* at) noexcept {
    if (*at < 251) return {1, *at};
    const unsigned bytes = *at == 252 ? 2 : *at == 253 ? 3 : 8;
    return {1 + std::size_t{bytes}, read_number(at + 1, bytes)};
}

string_view view_at(const unsigned char* at) noexcept {
    const auto [header, size] = extent_at(at);
    return {reinterpret_cast<const char*>(at + header), size};
}

moment_parts moment_at(const unsigned char* at) noexcept {
    const unsigned size = *at++;
    moment_parts p;
    if (size >= 4) {
        p.year = static_cast<unsigned>(read_number(at, 2));
        p.month = at[2];
        p.day = at[3];
    }
    if (size >= 7) {
        p.hour = at[4];
        p.minute = at[5];
        p.second = at[6];
    }
    if (size >= 11) p.microsecond = static_cast<unsigned>(read_number(at + 7, 4));
    return p;
}

cell time_at(const unsigned char* at) {
    const unsigned size = *at++;
    if (size < 8) return time_cell(false, 0, 0, 0, 0);
    const std::uint64_t hours = read_number(at + 1, 4) * 24 + at[5];
    const unsigned microsecond = size >= 12 ? static_cast<unsigned>(read_number(at + 8, 4)) : 0;
    return time_cell(at[0] != 0, hours, at[6], at[7], microsecond);
}

template <class T, class Bits>
double real_at(const unsigned char* at) noexcept {
    return static_cast<double>(std::bit_cast<T>(static_cast<Bits>(read_number(at, sizeof(Bits)))));
}

/// MariaDB's extended metadata.
bool has_attribute(const MYSQL_FIELD& field, mariadb_field_attr_t which, string_view value) {
    MARIADB_CONST_STRING found{};
    if (mariadb_field_attr(&found, &field, which) != 0 || found.length == 0) return false;
    return string_view{found.str, found.length} == value;
}

}  // namespace

column_facts facts_of(const MYSQL_FIELD& f) {
    column_facts facts;
    facts.type = static_cast<unsigned>(f.type);
    facts.is_unsigned = (f.flags & UNSIGNED_FLAG) != 0;
    facts.is_binary = f.charsetnr == binary_charset;
    facts.decimals = f.decimals;
    facts.length = f.length;
    facts.is_uuid = has_attribute(f, MARIADB_FIELD_ATTR_DATA_TYPE_NAME, "uuid");
    facts.is_json = has_attribute(f, MARIADB_FIELD_ATTR_FORMAT_NAME, "json");
    facts.is_label = (f.flags & (ENUM_FLAG | SET_FLAG)) != 0;
    return facts;
}

column_info describe_column(const MYSQL_FIELD& f, const column_facts& facts) {
    column_info info;
    info.name = string_view{f.name, f.name_length};
    info.native_type = native_name(facts);
    info.nullable = (f.flags & NOT_NULL_FLAG) == 0;
    return info;
}

bool row_decoder::knows(const MYSQL_FIELD* fields, unsigned count) const noexcept {
    if (columns_.size() != count || infos_.size() != count) return false;
    for (unsigned i = 0; i < count; ++i) {
        const column& c = columns_[i];
        const MYSQL_FIELD& f = fields[i];
        if (c.facts.type != static_cast<unsigned>(f.type) || c.flags != f.flags || c.charset != f.charsetnr ||
            c.facts.decimals != f.decimals || c.facts.length != f.length || infos_[i].name != string_view{f.name, f.name_length})
            return false;
    }
    return true;
}

void row_decoder::learn(const MYSQL_FIELD* fields, unsigned count) {
    if (knows(fields, count)) return;
    columns_.clear();
    infos_.clear();
    for (unsigned i = 0; i < count; ++i) {
        const MYSQL_FIELD& f = fields[i];
        const column_facts facts = facts_of(f);
        columns_.push_back({facts, f.flags, f.charsetnr, kind_of(facts), width_of(f.type), nullptr});
        infos_.push_back(describe_column(f, facts));
    }
}

void row_decoder::take(unsigned column, unsigned char** at) noexcept {
    auto& c = columns_[column];
    c.start = at ? *at : nullptr;
    if (!at) return;
    if (c.width != 0) {
        *at += c.width;
    } else if (c.kind != column_kinds::null) {
        const auto [header, size] = extent_at(*at);
        *at += header + size;
    }
}

cell row_decoder::decode(const column& c, zero_dates zeros) {
    switch (c.kind) {
        case column_kinds::null: return {};
        case column_kinds::integer: {
            const std::uint64_t n = read_number(c.start, c.width);
            return cell::integer(c.facts.is_unsigned ? static_cast<std::int64_t>(n) : sign_extended(n, c.width));
        }
        case column_kinds::unsigned_: return cell::unsigned_integer(read_number(c.start, 8));
        case column_kinds::real: return cell::real(real_at<float, std::uint32_t>(c.start));
        case column_kinds::double_: return cell::real(real_at<double, std::uint64_t>(c.start));
        case column_kinds::decimal: return decimal_cell(view_at(c.start), false);
        case column_kinds::wide_decimal: return decimal_cell(view_at(c.start), true);
        case column_kinds::text: return cell::text(view_at(c.start));
        case column_kinds::bytes: return {cell_tag::bytes, view_at(c.start)};
        case column_kinds::date: return date_cell(moment_at(c.start), zeros);
        case column_kinds::time: return time_at(c.start);
        case column_kinds::timestamp: return moment_cell(moment_at(c.start), cell_tag::timestamp, zeros);
        case column_kinds::instant: return moment_cell(moment_at(c.start), cell_tag::instant, zeros);
        case column_kinds::uuid: return uuid_cell(view_at(c.start));
        case column_kinds::json: return cell::json(view_at(c.start));
        case column_kinds::bits: return bits_cell(view_at(c.start));
    }
    return {};
}

void row_decoder::decode(std::span<cell> out, zero_dates zeros) {
    for (std::size_t i = 0; i < columns_.size(); ++i) out[i] = columns_[i].start ? decode(columns_[i], zeros) : cell{};
}

}  // namespace azoth::mysql
