#include "binary_writer.hpp"

#include "big_endian.hpp"
#include "decode.hpp"
#include "parameters.hpp"

#include <fmt/format.h>

#include <array>
#include <bit>
#include <cmath>
#include <limits>

namespace azoth::postgresql {
namespace {

using std::string_view;

/// The form in which a column of the type is written.
cell_tag form_of(Oid column) noexcept {
    switch (column) {
        case oids::boolean:
        case oids::int2:
        case oids::int4:
        case oids::int8: return cell_tag::i64;
        case oids::float4:
        case oids::float8: return cell_tag::f64;
        case oids::numeric: return cell_tag::decimal;
        case oids::text:
        case oids::varchar:
        case oids::bpchar: return cell_tag::text;
        case oids::json:
        case oids::jsonb: return cell_tag::json;
        case oids::bytea: return cell_tag::bytes;
        case oids::date: return cell_tag::date;
        case oids::time: return cell_tag::time;
        case oids::timestamp: return cell_tag::timestamp;
        case oids::timestamptz: return cell_tag::instant;
        case oids::interval: return cell_tag::interval;
        case oids::uuid: return cell_tag::uuid;
        default: return cell_tag::null;
    }
}

[[noreturn]] void refuse_range(const cell& value, Oid column, std::size_t index) {
    throw_error(errc::value_range, fmt::format("parameter {} is {}, which does not fit into a column of type {}", index + 1,
                                               describe(value), type_name_of(column)));
}

/// Digits in groups of four on both sides of the point, as PostgreSQL keeps decimals.
struct decimal_groups {
    std::array<std::int16_t, 40> groups{};
    std::size_t count{};
    std::int16_t weight{};
    std::int16_t scale{};
    bool negative{};
};

decimal_groups take_apart(string_view digits) {
    decimal_groups d;
    const std::string plain = to_string(decimal::parse(digits));  // no exponent, no plus, 65 digits at most
    string_view rest = plain;
    d.negative = rest.starts_with('-');
    if (d.negative) rest.remove_prefix(1);
    const auto point = rest.find('.');
    const string_view whole = rest.substr(0, point);
    const string_view fraction = point == string_view::npos ? string_view{} : rest.substr(point + 1);
    d.scale = static_cast<std::int16_t>(fraction.size());
    const std::size_t ahead = (4 - whole.size() % 4) % 4;
    d.weight = static_cast<std::int16_t>((whole.size() + ahead) / 4 - 1);
    std::string padded(ahead, '0');
    padded += whole;
    padded += fraction;
    padded.append((4 - padded.size() % 4) % 4, '0');
    for (std::size_t i = 0; i < padded.size(); i += 4) {
        int group = 0;
        for (std::size_t k = 0; k < 4; ++k) group = group * 10 + (padded[i + k] - '0');
        d.groups[d.count++] = static_cast<std::int16_t>(group);
    }
    return d;
}

/// A leading group of zeros would be read, but PostgreSQL itself writes none.
std::size_t strip(decimal_groups& d) {
    std::size_t first = 0;
    while (first < d.count && d.groups[first] == 0) {
        ++first;
        --d.weight;
    }
    while (d.count > first && d.groups[d.count - 1] == 0) --d.count;
    if (first == d.count) d.weight = 0;
    return first;
}

}  // namespace

bool has_binary_form(cell_tag tag, Oid column) noexcept {
    const cell_tag form = form_of(column);
    if (form == cell_tag::null) return false;
    if (tag == cell_tag::null || tag == form) return true;
    if (column == oids::json || column == oids::jsonb) return tag == cell_tag::text;
    const bool is_whole = tag == cell_tag::i64 || tag == cell_tag::u64;
    return is_whole && column != oids::boolean && (form == cell_tag::i64 || form == cell_tag::decimal);
}

template <class T>
void binary_writer::put(T number) {
    std::array<char, sizeof(T)> bytes;
    to_big_endian(number, bytes.data());
    buffer_.append(bytes.data(), bytes.size());
}

template void binary_writer::put(std::int16_t);
template void binary_writer::put(std::int32_t);

void binary_writer::patch(std::size_t at, std::int32_t number) { to_big_endian(number, buffer_.data() + at); }

void binary_writer::put_value(const cell& value, Oid column, std::size_t index) {
    if (value.is_null()) return put(std::int32_t{-1});
    const std::size_t at = buffer_.size();
    put(std::int32_t{0});
    if (has_binary_form(value.tag, column)) {
        put_body(value, column, index);
    } else {
        arena scratch;
        put_body(convert(value, form_of(column), scratch), column, index);
    }
    const std::size_t size = buffer_.size() - at - 4;
    check_size(size, fmt::format("parameter {} has", index + 1));
    patch(at, static_cast<std::int32_t>(size));
}

void binary_writer::put_body(const cell& value, Oid column, std::size_t index) {
    switch (column) {
        case oids::boolean:
            if (value.i64 != 0 && value.i64 != 1) refuse_range(value, column, index);
            buffer_ += value.i64 != 0 ? '\1' : '\0';
            return;
        case oids::int2:
        case oids::int4:
        case oids::int8: return put_integer(value, column, index);
        case oids::float4: return put_float(value, index);
        case oids::float8: return put(std::bit_cast<std::int64_t>(value.f64));
        case oids::numeric:
            if (value.tag == cell_tag::decimal) return put_decimal(value.chars_view());
            return put_decimal(value.tag == cell_tag::u64 ? fmt::to_string(value.u64) : fmt::to_string(value.i64));
        case oids::jsonb: buffer_ += '\1'; [[fallthrough]];
        case oids::json:
        case oids::text:
        case oids::varchar:
        case oids::bpchar: check_text(value.chars_view(), "parameter", index); [[fallthrough]];
        case oids::bytea: buffer_ += value.chars_view(); return;
        case oids::date: return put(static_cast<std::int32_t>(value.i64 - epoch_days));
        case oids::time: return put(value.i64);
        case oids::timestamp:
        case oids::timestamptz: return put(value.i64 - epoch_microseconds);
        case oids::interval:
            put(value.interval.microseconds);
            put(value.interval.days);
            return put(value.interval.months);
        case oids::uuid: buffer_.append(reinterpret_cast<const char*>(value.raw), 16); return;
        default: throw_error(errc::internal, fmt::format("there is no binary form for the type {}", column));
    }
}

/// As the server rounds, and refuses: a double that is none of its own may not become infinite, or nothing.
void binary_writer::put_float(const cell& value, std::size_t index) {
    constexpr double first_infinite = 0x1.ffffffp127;
    constexpr double most = std::numeric_limits<float>::max();
    const double v = value.f64;
    const double size = std::fabs(v);
    if (std::isfinite(v) && size >= first_infinite) refuse_range(value, oids::float4, index);
    const auto f = static_cast<float>(std::isfinite(v) && size > most ? std::copysign(most, v) : v);
    if (f == 0 && v != 0) refuse_range(value, oids::float4, index);
    put(std::bit_cast<std::int32_t>(f));
}

void binary_writer::put_integer(const cell& value, Oid column, std::size_t index) {
    const auto refuse = [&] { refuse_range(value, column, index); };
    if (value.tag == cell_tag::u64 && value.u64 > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())) refuse();
    const std::int64_t v = value.i64;
    if (column == oids::int8) return put(v);
    if (column == oids::int4) {
        if (v != static_cast<std::int32_t>(v)) refuse();
        return put(static_cast<std::int32_t>(v));
    }
    if (v != static_cast<std::int16_t>(v)) refuse();
    put(static_cast<std::int16_t>(v));
}

void binary_writer::put_decimal(string_view digits) {
    decimal_groups d = take_apart(digits);
    const std::size_t first = strip(d);
    put(static_cast<std::int16_t>(d.count - first));
    put(d.weight);
    put(static_cast<std::int16_t>(d.negative ? 0x4000 : 0));
    put(d.scale);
    for (std::size_t i = first; i < d.count; ++i) put(d.groups[i]);
}

}  // namespace azoth::postgresql
