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

void write_interval(compiler& out, const interval_parts& i) {
    // The standard keeps months apart from days and seconds: no literal has both.
    const bool has_time = i.days != 0 || i.microseconds != 0;
    if (i.months != 0 && has_time)
        throw_error(errc::value_range, fmt::format("the interval {} has months beside days or seconds, and so no literal: bind it instead",
                                                   display(cell::interval_of(i))));
    if (i.months != 0) {
        out << fmt::format("INTERVAL '{}' MONTH", i.months);
        return;
    }
    std::int64_t total = 0;
    constexpr std::int64_t day = std::chrono::microseconds{std::chrono::days{1}}.count();
    if (__builtin_mul_overflow(std::int64_t{i.days}, day, &total) || __builtin_add_overflow(total, i.microseconds, &total))
        throw_error(errc::value_range, fmt::format("the interval {} is too long for a literal", display(cell::interval_of(i))));
    // The sign stands alone: of -0.5 seconds the whole part has none.
    const auto size = total < 0 ? 0 - static_cast<std::uint64_t>(total) : static_cast<std::uint64_t>(total);
    out << fmt::format("INTERVAL '{}{}.{:06}' SECOND", total < 0 ? "-" : "", size / 1'000'000, size % 1'000'000);
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
        case cell_tag::decimal: out << to_string(decimal::parse(value.chars_view())); return;  // digits, whatever the cell holds
        case cell_tag::bytes: write_hexadecimal(out, value.chars_view()); return;
        case cell_tag::text:
        case cell_tag::json:
        case cell_tag::array: write_quoted_text(out, value.chars_view()); return;
        case cell_tag::date: out << "DATE '" << as_text(value) << "'"; return;
        case cell_tag::time: out << "TIME '" << as_text(value) << "'"; return;
        case cell_tag::timestamp: out << "TIMESTAMP '" << as_text(value) << "'"; return;
        case cell_tag::instant: {
            std::string text = as_text(value);  // "... Z"; the standard writes the offset in digits
            text.pop_back();
            out << "TIMESTAMP '" << text << "+00:00'";
            return;
        }
        case cell_tag::interval: write_interval(out, value.interval); return;
        case cell_tag::uuid: out << "'" << as_text(value) << "'"; return;
    }
}

}  // namespace azoth
