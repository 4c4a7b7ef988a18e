#include "values.hpp"

#include "temporal.hpp"

#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <cstring>

namespace azoth::mysql {
namespace {

using std::string_view;

// The protocol's numbers for types.
enum wire : unsigned {
    old_decimal = 0,
    tiny = 1,
    small = 2,
    integer = 3,
    float_ = 4,
    double_ = 5,
    null = 6,
    timestamp = 7,
    big = 8,
    medium = 9,
    date = 10,
    time = 11,
    datetime = 12,
    year = 13,
    new_date = 14,
    varchar = 15,
    bit = 16,
    timestamp2 = 17,
    datetime2 = 18,
    time2 = 19,
    json = 245,
    new_decimal = 246,
    enum_ = 247,
    set = 248,
    tiny_blob = 249,
    medium_blob = 250,
    long_blob = 251,
    blob = 252,
    var_string = 253,
    string = 254,
    geometry = 255
};

constexpr int most_digits = 65;
constexpr std::size_t most_scale = 30;  // MySQL's; MariaDB has 38, but DECIMAL(65, 30) is what both can have

column_kinds text_kind(const column_facts& c) {
    if (c.is_uuid) return column_kinds::uuid;
    if (c.is_json) return column_kinds::json;
    return c.is_binary && !c.is_label ? column_kinds::bytes : column_kinds::text;
}

template <class N>
N read_number(string_view text, string_view what) {
    N number{};
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (problem != std::errc{} || end != text.data() + text.size())
        throw_error(errc::value_format, fmt::format("the server sent \"{}\" for {}", text, what));
    return number;
}

void check_digits(string_view digits) {
    if (digits.size() <= most_scale) return;
    const decimal number = decimal::parse(digits).normalized();
    if (number.scale() > static_cast<int>(most_scale))
        throw_error(errc::value_range,
                    fmt::format("the decimal {} has {} digits after the point, and the database keeps {}: round it before", digits,
                                number.scale(), most_scale));
    if (number.precision() > most_digits)
        throw_error(errc::value_range,
                    fmt::format("the decimal {} has more than the {} digits that the database keeps", digits, most_digits));
}

void check_interval(const cell& value) {
    if (value.interval.months == 0) {
        std::chrono::microseconds whole{};
        return detail::read_interval(value, whole);  // throws where it does not fit into 64 bits
    }
    throw_error(
        errc::value_range,
        fmt::format("the interval {} has months, which have no fixed length: the database keeps microseconds only", display(value)));
}

std::string moment_text(const moment_parts& p) {
    return fmt::format("{:04}-{:02}-{:02} {:02}:{:02}:{:02}.{:06}", p.year, p.month, p.day, p.hour, p.minute, p.second, p.microsecond);
}

}  // namespace

column_kinds kind_of(const column_facts& c) noexcept {
    switch (c.type) {
        case wire::null: return column_kinds::null;
        case wire::tiny:
        case wire::small:
        case wire::integer:
        case wire::medium:
        case wire::year: return column_kinds::integer;
        case wire::big: return c.is_unsigned ? column_kinds::unsigned_ : column_kinds::integer;
        case wire::float_: return column_kinds::real;
        case wire::double_: return column_kinds::double_;
        case wire::old_decimal: return column_kinds::decimal;
        // 65 digits, a sign and a point.
        case wire::new_decimal: return c.decimals == 30 && c.length >= 66 ? column_kinds::wide_decimal : column_kinds::decimal;
        case wire::date:
        case wire::new_date: return column_kinds::date;
        case wire::time:
        case wire::time2: return column_kinds::time;
        case wire::datetime:
        case wire::datetime2: return column_kinds::timestamp;
        case wire::timestamp:
        case wire::timestamp2: return column_kinds::instant;
        case wire::bit: return column_kinds::bits;
        case wire::json: return column_kinds::json;
        case wire::geometry: return column_kinds::bytes;
        default: return text_kind(c);
    }
}

string_view native_name(const column_facts& c) noexcept {
    switch (c.type) {
        case wire::null: return "NULL";
        case wire::tiny: return c.is_unsigned ? "TINYINT UNSIGNED" : "TINYINT";
        case wire::small: return c.is_unsigned ? "SMALLINT UNSIGNED" : "SMALLINT";
        case wire::integer: return c.is_unsigned ? "INT UNSIGNED" : "INT";
        case wire::medium: return c.is_unsigned ? "MEDIUMINT UNSIGNED" : "MEDIUMINT";
        case wire::big: return c.is_unsigned ? "BIGINT UNSIGNED" : "BIGINT";
        case wire::float_: return "FLOAT";
        case wire::double_: return "DOUBLE";
        case wire::old_decimal:
        case wire::new_decimal: return "DECIMAL";
        case wire::date:
        case wire::new_date: return "DATE";
        case wire::time:
        case wire::time2: return "TIME";
        case wire::datetime:
        case wire::datetime2: return "DATETIME";
        case wire::timestamp:
        case wire::timestamp2: return "TIMESTAMP";
        case wire::year: return "YEAR";
        case wire::bit: return "BIT";
        case wire::json: return "JSON";
        case wire::geometry: return "GEOMETRY";
        default: break;
    }
    if (c.is_uuid) return "UUID";
    if (c.is_json) return "JSON";
    if (c.is_label) return c.type == wire::set ? "SET" : "ENUM";
    const bool is_blob = c.type >= wire::tiny_blob && c.type <= wire::blob;
    if (c.is_binary) return is_blob ? "BLOB" : c.type == wire::string ? "BINARY" : "VARBINARY";
    return is_blob ? "TEXT" : c.type == wire::string ? "CHAR" : "VARCHAR";
}

cell read_text_value(column_kinds kind, string_view text, zero_dates zeros) {
    switch (kind) {
        case column_kinds::null: return {};
        case column_kinds::integer: return cell::integer(read_number<std::int64_t>(text, "an integer"));
        case column_kinds::unsigned_: return cell::unsigned_integer(read_number<std::uint64_t>(text, "an unsigned integer"));
        case column_kinds::real:
        case column_kinds::double_: return cell::real(read_number<double>(text, "a double"));
        case column_kinds::decimal: return decimal_cell(text, false);
        case column_kinds::wide_decimal: return decimal_cell(text, true);
        case column_kinds::text: return cell::text(text);
        case column_kinds::bytes: return {cell_tag::bytes, text};
        case column_kinds::date: return read_date_text(text, zeros);
        case column_kinds::time: return read_time_text(text);
        case column_kinds::timestamp: return read_moment_text(text, cell_tag::timestamp, zeros);
        case column_kinds::instant: return read_moment_text(text, cell_tag::instant, zeros);
        case column_kinds::uuid: return uuid_cell(text);
        case column_kinds::json: return cell::json(text);
        case column_kinds::bits: return bits_cell(text);
    }
    return {};
}

void refuse_float_as_text(string_view column) {
    throw_error(
        errc::not_supported,
        fmt::format("the FLOAT column \"{}\" came as a text of six digits, which is not its value: select it as CAST(... AS DOUBLE), "
                    "or run the statement again where the column's type has just been changed",
                    column));
}

cell bits_cell(string_view bytes) noexcept {
    std::uint64_t bits = 0;
    for (const char c : bytes) bits = bits << 8 | static_cast<unsigned char>(c);
    if (bits > static_cast<std::uint64_t>(INT64_MAX)) return cell::unsigned_integer(bits);
    return cell::integer(static_cast<std::int64_t>(bits));
}

cell decimal_cell(string_view digits, bool wide) noexcept {
    if (wide && digits.find('.') != string_view::npos) {
        digits = digits.substr(0, digits.find_last_not_of('0') + 1);
        if (digits.ends_with('.')) digits.remove_suffix(1);
    }
    return cell::decimal(digits);
}

cell uuid_cell(string_view value) {
    uuid id;
    if (value.size() == id.bytes.size()) std::memcpy(id.bytes.data(), value.data(), value.size());
    else id = uuid::parse(value);
    cell out;
    std::memcpy(out.raw, id.bytes.data(), id.bytes.size());
    out.tag = cell_tag::uuid;
    return out;
}

void check_parameter(const cell& value) {
    switch (value.tag) {
        case cell_tag::f64:
            if (!std::isfinite(value.f64))
                throw_error(errc::value_range, fmt::format("the database has no {}: use NULL, or a text column", value.f64));
            return;
        case cell_tag::decimal: return check_digits(value.chars_view());
        case cell_tag::text:
        case cell_tag::json:
        case cell_tag::array:
            if (!is_valid_utf8(value.chars_view()))
                throw_error(errc::value_format, fmt::format("the text {} is not valid UTF-8: convert it, or use bytes", describe(value)));
            return;
        case cell_tag::interval: return check_interval(value);
        case cell_tag::date: return (void)to_string(azoth::date{std::chrono::sys_days{std::chrono::days{value.i64}}});
        case cell_tag::time: return (void)detail::write_time(time_of_day{std::chrono::microseconds{value.i64}});
        case cell_tag::timestamp:
        case cell_tag::instant: return (void)detail::write_moment(value.tag, std::chrono::microseconds{value.i64});
        default: return;
    }
}

string_view parameter_text(const cell& value, arena& scratch) {
    if (value.is_view()) return value.chars_view();
    switch (value.tag) {
        case cell_tag::i64: return scratch.copy(fmt::format("{}", value.i64));
        case cell_tag::u64: return scratch.copy(fmt::format("{}", value.u64));
        case cell_tag::f64: return scratch.copy(fmt::format("{}", value.f64));
        case cell_tag::timestamp:
        case cell_tag::instant: return scratch.copy(moment_text(parts_of(value)));
        case cell_tag::interval: return scratch.copy(fmt::format("{}", convert(value, cell_tag::i64, scratch).i64));
        default: return convert(value, cell_tag::text, scratch).chars_view();
    }
}

}  // namespace azoth::mysql
