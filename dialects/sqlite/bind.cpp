#include "bind.hpp"

#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <limits>
#include <string_view>
#include <system_error>

namespace azoth::sqlite {
namespace {

int bind_text(sqlite3_stmt* statement, int index, std::string_view text, sqlite3_destructor_type lifetime) {
    // A null pointer would bind NULL.
    return sqlite3_bind_text64(statement, index, text.data() ? text.data() : "", text.size(), lifetime, SQLITE_UTF8);
}

int bind_checked_text(sqlite3_stmt* statement, int index, std::string_view text) {
    if (!is_valid_utf8(text))
        throw_error(errc::value_format, fmt::format("parameter {} is not valid UTF-8: convert the text, or send it as bytes", index));
    return bind_text(statement, index, text, SQLITE_STATIC);
}

int bind_bytes(sqlite3_stmt* statement, int index, std::string_view bytes) {
    if (bytes.empty()) return sqlite3_bind_zeroblob(statement, index, 0);
    return sqlite3_bind_blob64(statement, index, bytes.data(), bytes.size(), SQLITE_STATIC);
}

int bind_real(sqlite3_stmt* statement, int index, double number) {
    // SQLite would store NULL, and nobody would be told.
    if (std::isnan(number))
        throw_error(errc::value_range, fmt::format("parameter {} is NaN, which SQLite cannot store: send NULL if that is meant", index));
    return sqlite3_bind_double(statement, index, number);
}

/// From the first digit that is not 0 to the last.
int significant_digits(std::string_view decimal) {
    const auto first = decimal.find_first_of("123456789");
    if (first == std::string_view::npos) return 0;
    const auto digits = decimal.substr(first, decimal.find_last_of("123456789") - first + 1);
    return static_cast<int>(digits.size()) - (digits.find('.') == std::string_view::npos ? 0 : 1);
}

/// A decimal for a column that keeps numbers; those for columns that keep text come as text. Whole numbers of 64 bits are exact; of others
/// 15 digits survive a REAL, more may not.
int bind_decimal(sqlite3_stmt* statement, int index, std::string_view text) {
    std::int64_t whole = 0;
    if (const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), whole);
        problem == std::errc{} && end == text.data() + text.size())
        return sqlite3_bind_int64(statement, index, whole);
    if (const int digits = significant_digits(text); digits > std::numeric_limits<double>::digits10)
        throw_error(errc::value_range,
                    fmt::format("parameter {} is {}, which has {} digits where SQLite keeps 15: give the column's type a precision of more "
                                "than 15 digits, and it is kept as text",
                                index, text, digits));
    double number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return sqlite3_bind_double(statement, index, number);
}

/// What SQLite has no form for goes in the form that the type rules choose; it comes so where no type was known.
int bind_converted(sqlite3_stmt* statement, int index, const cell& value, cell_tag form) {
    arena scratch;
    const cell converted = convert(value, form, scratch);
    if (form == cell_tag::i64) return sqlite3_bind_int64(statement, index, converted.i64);
    return bind_text(statement, index, converted.chars_view(), SQLITE_TRANSIENT);
}

int bind_unsigned(sqlite3_stmt* statement, int index, const cell& value) {
    if (value.u64 <= static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max()))
        return sqlite3_bind_int64(statement, index, static_cast<std::int64_t>(value.u64));
    return bind_converted(statement, index, value, cell_tag::text);
}

int bind_any(sqlite3_stmt* statement, int index, const cell& value) {
    switch (value.tag) {
        case cell_tag::null: return sqlite3_bind_null(statement, index);
        case cell_tag::i64: return sqlite3_bind_int64(statement, index, value.i64);
        case cell_tag::u64: return bind_unsigned(statement, index, value);
        case cell_tag::f64: return bind_real(statement, index, value.f64);
        case cell_tag::text:
        case cell_tag::json:
        case cell_tag::array: return bind_checked_text(statement, index, value.chars_view());
        case cell_tag::decimal: return bind_decimal(statement, index, value.chars_view());
        case cell_tag::bytes: return bind_bytes(statement, index, value.chars_view());
        case cell_tag::interval: return bind_converted(statement, index, value, cell_tag::i64);
        case cell_tag::date:
        case cell_tag::time:
        case cell_tag::timestamp:
        case cell_tag::instant:
        case cell_tag::uuid: return bind_converted(statement, index, value, cell_tag::text);
    }
    return SQLITE_MISUSE;
}

}  // namespace

void bind(session& on, sqlite3_stmt* statement, int index, const cell& value) {
    if (const int code = bind_any(statement, index, value); code != SQLITE_OK) on.fail(code);
}

}  // namespace azoth::sqlite
