#include "literal.hpp"

#include "sql/values.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace azoth::mysql::connector {
namespace {

using std::string_view;

void append_hex(std::string& to, string_view bytes) {
    constexpr string_view digits = "0123456789abcdef";
    const std::size_t at = to.size();
    to.resize(at + bytes.size() * 2);
    char* out = to.data() + at;
    for (const char c : bytes) {
        *out++ = digits[static_cast<unsigned char>(c) >> 4];
        *out++ = digits[static_cast<unsigned char>(c) & 0xf];
    }
}

constexpr std::size_t longest_frame = 32;   // what stands around a text, with a comma
constexpr std::size_t longest_number = 48;  // or moment
constexpr std::size_t short_text = 4096;    // not worth a look at what is in it

/// Hexadecimal digits double, and so may quotes.
std::size_t text_size(const cell& value) noexcept {
    const string_view text = value.chars_view();
    if (text.size() < short_text || value.tag == cell_tag::bytes || text.find('\\') != string_view::npos) return text.size() * 2;
    return text.size() + static_cast<std::size_t>(std::ranges::count(text, '\''));
}

template <class N>
void append_number(std::string& to, N number) {
    char digits[24];
    const auto [end, problem] = std::to_chars(std::begin(digits), std::end(digits), number);
    to.append(std::begin(digits), end);
}

/// The exponent makes it a double: without one it would be a decimal.
void append_double(std::string& to, double number) {
    char digits[40];
    const auto [end, problem] = std::to_chars(std::begin(digits), std::end(digits), number, std::chars_format::scientific);
    to.append(std::begin(digits), end);
}

/// Digits, a point and a sign only, as `check_parameter` leaves them; the point makes it a decimal.
void append_decimal(std::string& to, string_view digits) {
    if (digits.find_first_of("eE") != string_view::npos) {
        to += azoth::to_string(decimal::parse(digits));
    } else {
        to += digits;
    }
    if (digits.find('.') == string_view::npos) to += '.';
}

void append_quoted(std::string& to, string_view prefix, string_view text) {
    to += prefix;
    to += '\'';
    to += text;
    to += '\'';
}

void append_bytes(std::string& to, string_view bytes) {
    to += "x'";
    append_hex(to, bytes);
    to += '\'';
}

string_view moment_prefix(cell_tag tag) noexcept {
    switch (tag) {
        case cell_tag::date: return "DATE";
        case cell_tag::time: return "TIME";
        default: return "TIMESTAMP";
    }
}

}  // namespace

void append_text(std::string& to, string_view text) {
    if (text.find('\\') != string_view::npos) {
        // The connection's character set and collation, as a literal has them.
        to += "CAST(";
        append_bytes(to, text);
        to += " AS CHAR)";
        return;
    }
    to += '\'';
    for (;;) {
        const auto quote = text.find('\'');
        to += text.substr(0, quote);
        if (quote == string_view::npos) break;
        to += "''";
        text.remove_prefix(quote + 1);
    }
    to += '\'';
}

void append_literal(std::string& to, const cell& value) {
    switch (value.tag) {
        case cell_tag::null: to += "NULL"; return;
        case cell_tag::i64: return append_number(to, value.i64);
        case cell_tag::u64: return append_number(to, value.u64);
        default: check_parameter(value);
    }
    arena scratch;
    switch (value.tag) {
        case cell_tag::f64: return append_double(to, value.f64);
        case cell_tag::decimal: return append_decimal(to, value.chars_view());
        case cell_tag::text:
        case cell_tag::json:
        case cell_tag::array: return append_text(to, value.chars_view());
        case cell_tag::bytes: return append_bytes(to, value.chars_view());
        case cell_tag::interval: to += parameter_text(value, scratch); return;
        case cell_tag::uuid: return append_quoted(to, {}, parameter_text(value, scratch));
        default: return append_quoted(to, moment_prefix(value.tag), parameter_text(value, scratch));
    }
}

void append_using(std::string& to, std::span<const cell> values) {
    string_view before = " USING ";
    for (const cell& v : values) {
        to += before;
        append_literal(to, v);
        before = ", ";
    }
}

std::size_t literal_size(std::span<const cell> values) noexcept {
    std::size_t bytes = 0;
    for (const cell& v : values) bytes += v.is_view() ? text_size(v) + longest_frame : longest_number;
    return bytes;
}

}  // namespace azoth::mysql::connector
