#include <azoth/base/utf8.hpp>
#include <azoth/base/value.hpp>
#include <azoth/sql/literal.hpp>

#include <fmt/format.h>

#include <cmath>

namespace azoth {
namespace {

void write_hexadecimal(compiler& out, std::string_view bytes) {
    out << "X'";
    for (const char c : bytes) out << fmt::format("{:02x}", static_cast<unsigned char>(c));
    out << "'";
}

void write_real(compiler& out, double v) {
    if (!std::isfinite(v)) throw_error(errc::value_range, fmt::format("{} has no literal: bind it instead", v));
    std::string digits = fmt::format("{}", v);
    if (digits.find_first_of(".e") == std::string::npos) digits += ".0";
    out << digits;
}

std::string as_text(const cell& value) {
    arena scratch;
    return std::string{convert(value, cell_tag::text, scratch).chars_view()};
}

}  // namespace

void write_quoted_text(compiler& out, std::string_view text) {
    if (!is_valid_utf8(text)) throw_error(errc::value_format, "a text literal is not valid UTF-8: convert it, or use bytes");
    out << '\'';
    for (const char c : text) {
        if (c == '\0') throw_error(errc::value_format, "a text literal holds a NUL byte: bind it as bytes");
        if (c == '\'') out << c;
        out << c;
    }
    out << '\'';
}

void write_ansi_literal(compiler& out, const cell& value, const type& of) {
    switch (value.tag) {
        case cell_tag::null: out << "NULL"; return;
        case cell_tag::i64:
            if (of.kind == type_kind::boolean) out << (value.i64 ? "TRUE" : "FALSE");
            else out << fmt::format("{}", value.i64);
            return;
        case cell_tag::u64: out << fmt::format("{}", value.u64); return;
        case cell_tag::f64: write_real(out, value.f64); return;
        case cell_tag::decimal: out << value.chars_view(); return;
        case cell_tag::bytes: write_hexadecimal(out, value.chars_view()); return;
        case cell_tag::text:
        case cell_tag::json: write_quoted_text(out, value.chars_view()); return;
        case cell_tag::date: out << "DATE '" << as_text(value) << "'"; return;
        case cell_tag::time: out << "TIME '" << as_text(value) << "'"; return;
        case cell_tag::timestamp: out << "TIMESTAMP '" << as_text(value) << "'"; return;
        case cell_tag::instant: {
            std::string text = as_text(value);  // "... Z"; the standard writes the offset in digits
            text.pop_back();
            out << "TIMESTAMP '" << text << "+00:00'";
            return;
        }
        case cell_tag::interval:
            out << fmt::format("INTERVAL '{}.{:06}' SECOND", value.interval.microseconds / 1'000'000, std::abs(value.interval.microseconds % 1'000'000));
            return;
        case cell_tag::uuid: out << "'" << as_text(value) << "'"; return;
    }
}

}  // namespace azoth
