// Values in PostgreSQL's binary form, as its send functions write it.
#include "big_endian.hpp"
#include "decode.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cstring>
#include <limits>

namespace azoth::postgresql {
namespace {

using std::string_view;

[[noreturn]] void refuse(string_view what) {
    throw_error(errc::internal, fmt::format("the server sent a {} in a form that the driver does not know", what));
}

void expect_size(string_view from, std::size_t size, string_view what) {
    if (from.size() != size) refuse(what);
}

void read_text(string_view from, const column_decoder&, arena&, cell& to) { to = cell::text(from); }
void read_json(string_view from, const column_decoder&, arena&, cell& to) { to = cell::json(from); }
void read_bytes(string_view from, const column_decoder&, arena&, cell& to) { to = {cell_tag::bytes, from}; }

void read_jsonb(string_view from, const column_decoder&, arena&, cell& to) {
    if (from.empty() || from.front() != 1) refuse("jsonb");
    to = cell::json(from.substr(1));
}

void read_boolean(string_view from, const column_decoder&, arena&, cell& to) {
    expect_size(from, 1, "bool");
    to = cell::integer(from.front() != 0 ? 1 : 0);
}

template <class T>
void read_integer(string_view from, const column_decoder&, arena&, cell& to) {
    expect_size(from, sizeof(T), "integer");
    to = cell::integer(static_cast<std::int64_t>(from_big_endian<T>(from.data())));
}

void read_float(string_view from, const column_decoder&, arena&, cell& to) {
    expect_size(from, 4, "float4");
    to = cell::real(static_cast<double>(std::bit_cast<float>(from_big_endian<std::uint32_t>(from.data()))));
}

void read_double(string_view from, const column_decoder&, arena&, cell& to) {
    expect_size(from, 8, "float8");
    to = cell::real(std::bit_cast<double>(from_big_endian<std::uint64_t>(from.data())));
}

void read_date(string_view from, const column_decoder&, arena&, cell& to) {
    expect_size(from, 4, "date");
    const auto days = from_big_endian<std::int32_t>(from.data());
    using limits = std::numeric_limits<std::int32_t>;
    if (days == limits::max() || days == limits::min()) refuse_infinite("date");
    to = {cell_tag::date, days + epoch_days};
}

void read_time(string_view from, const column_decoder&, arena&, cell& to) {
    expect_size(from, 8, "time");
    to = {cell_tag::time, from_big_endian<std::int64_t>(from.data())};
}

template <cell_tag Tag>
void read_moment(string_view from, const column_decoder&, arena&, cell& to) {
    expect_size(from, 8, "timestamp");
    const auto micros = from_big_endian<std::int64_t>(from.data());
    using limits = std::numeric_limits<std::int64_t>;
    if (micros == limits::max() || micros == limits::min()) refuse_infinite("timestamp");
    std::int64_t since_1970 = 0;
    if (__builtin_add_overflow(micros, epoch_microseconds, &since_1970))
        throw_error(errc::value_range, "a timestamp lies outside what Azoth reads: years 1 to 9999");
    to = {Tag, since_1970};
}

void read_interval(string_view from, const column_decoder&, arena&, cell& to) {
    expect_size(from, 16, "interval");
    to = cell::interval_of({.months = from_big_endian<std::int32_t>(from.data() + 12),
                            .days = from_big_endian<std::int32_t>(from.data() + 8),
                            .microseconds = from_big_endian<std::int64_t>(from.data())});
}

void read_uuid(string_view from, const column_decoder&, arena&, cell& to) {
    expect_size(from, 16, "uuid");
    std::memcpy(to.raw, from.data(), 16);
    to.tag = cell_tag::uuid;
}

/// A decimal: groups of four digits, the first of them standing `weight` groups before the point.
struct numeric_header {
    std::int16_t groups;
    std::int16_t weight;
    std::uint16_t sign;
    std::int16_t scale;
};

constexpr std::uint16_t negative = 0x4000;
constexpr std::uint16_t not_a_number = 0xC000;
constexpr std::uint16_t plus_infinity = 0xD000;
constexpr std::uint16_t minus_infinity = 0xF000;

int group_at(string_view groups, int at) {
    if (at < 0 || static_cast<std::size_t>(at) * 2 >= groups.size()) return 0;
    return from_big_endian<std::int16_t>(groups.data() + 2 * at);
}

char* write_group(char* out, int group) {
    for (const int unit : {1000, 100, 10, 1}) *out++ = static_cast<char>('0' + group / unit % 10);
    return out;
}

string_view decimal_text(const numeric_header& h, string_view groups, arena& scratch) {
    const std::size_t whole = h.weight < 0 ? 1 : static_cast<std::size_t>(h.weight + 1) * 4;
    const std::size_t size = 2 + whole + static_cast<std::size_t>(h.scale) + 4;
    char* const start = scratch.allocate(size);
    char* out = start;
    if (h.sign == negative) *out++ = '-';
    char* const digits = out;
    for (int i = 0; i <= h.weight; ++i) out = write_group(out, group_at(groups, i));
    char* first = digits;
    while (out - first > 1 && *first == '0') ++first;  // leading zeros of the first group
    out = std::copy(first, out, digits);
    if (out == digits) *out++ = '0';
    if (h.scale > 0) {
        *out++ = '.';
        char* const fraction = out;
        for (int i = h.weight + 1; out - fraction < h.scale; ++i) out = write_group(out, group_at(groups, i));
        out = fraction + h.scale;
    }
    return {start, static_cast<std::size_t>(out - start)};
}

void read_numeric(string_view from, const column_decoder&, arena& scratch, cell& to) {
    if (from.size() < 8) refuse("numeric");
    const numeric_header h{from_big_endian<std::int16_t>(from.data()), from_big_endian<std::int16_t>(from.data() + 2),
                           from_big_endian<std::uint16_t>(from.data() + 4), from_big_endian<std::int16_t>(from.data() + 6)};
    using limits = std::numeric_limits<double>;
    if (h.sign == not_a_number) to = cell::real(limits::quiet_NaN());
    else if (h.sign == plus_infinity) to = cell::real(limits::infinity());
    else if (h.sign == minus_infinity) to = cell::real(-limits::infinity());
    else if (h.groups < 0 || h.scale < 0 || from.size() != 8 + 2 * static_cast<std::size_t>(h.groups)) refuse("numeric");
    else to = cell::decimal(decimal_text(h, from.substr(8), scratch));
}

}  // namespace

decode_function binary_function(Oid type) noexcept {
    switch (type) {
        case oids::boolean: return &read_boolean;
        case oids::int2: return &read_integer<std::int16_t>;
        case oids::int4: return &read_integer<std::int32_t>;
        case oids::int8: return &read_integer<std::int64_t>;
        case oids::oid: return &read_integer<std::uint32_t>;
        case oids::float4: return &read_float;
        case oids::float8: return &read_double;
        case oids::numeric: return &read_numeric;
        case oids::bytea: return &read_bytes;
        case oids::text:
        case oids::varchar:
        case oids::bpchar:
        case oids::name: return &read_text;
        case oids::json: return &read_json;
        case oids::jsonb: return &read_jsonb;
        case oids::date: return &read_date;
        case oids::time: return &read_time;
        case oids::timestamp: return &read_moment<cell_tag::timestamp>;
        case oids::timestamptz: return &read_moment<cell_tag::instant>;
        case oids::interval: return &read_interval;
        case oids::uuid: return &read_uuid;
        default: return nullptr;
    }
}

}  // namespace azoth::postgresql
