// Literals. PostgreSQL takes 1 for a 32-bit integer, 1.5 for a decimal and 'a' for anything: what has a type says so.
#include "rules.hpp"

#include "array_literal.hpp"
#include "interval_text.hpp"
#include "parameters.hpp"

#include <fmt/format.h>

#include <limits>

namespace azoth::postgresql {
namespace {

using k = type_kind;

void write_cast_text(compiler& out, std::string_view text, std::string_view to) {
    write_quoted_text(out, text);
    out << "::" << to;
}

bool needs_64_bits(std::int64_t v, type_kind kind) {
    return kind == k::big_integer || kind == k::unsigned_integer || v < std::numeric_limits<std::int32_t>::min() ||
           v > std::numeric_limits<std::int32_t>::max();
}

void write_integer(compiler& out, std::int64_t v, const type& of) {
    if (of.kind == k::boolean) out << (v != 0 ? "TRUE" : "FALSE");
    else if (!needs_64_bits(v, of.kind)) out << fmt::format("{}", v);
    else if (v < 0) out << fmt::format("({})::BIGINT", v);  // :: binds tighter than a minus
    else out << fmt::format("{}::BIGINT", v);
}

/// A number whose type does not depend on its digits: 5 by itself is an integer, and is divided as one.
void write_decimal(compiler& out, std::string_view digits, const type& of) {
    if (digits.starts_with('-')) out << "(" << digits << ")";  // :: binds tighter than a minus
    else out << digits;
    out << "::";
    if (is_integer(of.kind)) write_unsized_type(out, of);
    else out << "NUMERIC";
}

void write_array(compiler& out, const cell& value, const type& of) {
    write_quoted_text(out, array_literal(value));
    if (of.kind != k::array) return;
    out << "::";
    write_unsized_type(out, of);
}

std::string input_form(const cell& value) {
    arena scratch;
    return std::string{input_text(value, 0, scratch)};
}

std::string as_text(const cell& value) {
    arena scratch;
    return std::string{convert(value, cell_tag::text, scratch).chars_view()};
}

void write_null(compiler& out, const type& of) {
    out << "NULL";
    write_bind_cast(out, of);
}

}  // namespace

void write_literal(compiler& out, const cell& value, const type& of) {
    switch (value.tag) {
        case cell_tag::null: write_null(out, of); return;
        case cell_tag::i64: write_integer(out, value.i64, of); return;
        case cell_tag::u64: write_decimal(out, fmt::format("{}", value.u64), of); return;
        case cell_tag::decimal: write_decimal(out, as_text(value), type{}); return;
        case cell_tag::f64: write_cast_text(out, input_form(value), of.kind == k::real ? "REAL" : "DOUBLE PRECISION"); return;
        case cell_tag::bytes: write_cast_text(out, input_form(value), "BYTEA"); return;
        case cell_tag::json: write_cast_text(out, value.chars_view(), "JSONB"); return;
        case cell_tag::array: write_array(out, value, of); return;
        case cell_tag::time: write_cast_text(out, as_text(value), "TIME"); return;
        case cell_tag::timestamp: write_cast_text(out, as_text(value), "TIMESTAMP"); return;
        case cell_tag::instant: write_cast_text(out, as_text(value), "TIMESTAMP WITH TIME ZONE"); return;
        case cell_tag::interval: write_cast_text(out, interval_text(value.interval), "INTERVAL"); return;
        case cell_tag::uuid: write_cast_text(out, as_text(value), "UUID"); return;
        default: write_ansi_literal(out, value, of); return;
    }
}

}  // namespace azoth::postgresql
