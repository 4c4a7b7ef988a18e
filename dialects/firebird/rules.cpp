#include "rules.hpp"

#include "connection.hpp"
#include "values.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace azoth::firebird {
namespace {

using k = type_kind;

// Types.

template <const char* Name>
void write_name(compiler& out, const type&) {
    out << Name;
}

constexpr char small[] = "SMALLINT", whole[] = "INTEGER", big[] = "BIGINT", real[] = "FLOAT", text[] = "BLOB SUB_TYPE TEXT",
               timestamp[] = "TIMESTAMP", uuid[] = "CHAR(16) CHARACTER SET OCTETS";

template <cell_tag Tag>
cell_tag kept_as(const type&) {
    return Tag;
}

void write_numeric(compiler& out, const type& t) {
    constexpr unsigned most_digits = 18;
    const bool fits = t.precision != 0 && t.precision <= most_digits;
    out.require(fits && t.scale <= t.precision, "a decimal of more than 18 digits, or of no number of digits", "say numeric(18, scale)");
    if (t.precision == 0) out << "NUMERIC";
    else out << fmt::format("NUMERIC({}, {})", t.precision, t.scale);
}

void write_unsigned_big(compiler& out, const type&) {
    out.require(false, "a column or a cast of integers of 64 bits without a sign", "use one with a sign");
    out << "NUMERIC(20, 0)";
}

void write_binary(compiler& out, const type& t) {
    if (t.length == 0) out << "BLOB SUB_TYPE BINARY";
    else out << fmt::format("VARCHAR({}) CHARACTER SET OCTETS", t.length);
}

void set_types(rule_table& r) {
    r.set_type(k::unsigned_big_integer, {write_unsigned_big, nullptr});
    r.set_type(k::real, {write_name<real>, nullptr});
    r.set_type(k::numeric, {write_numeric, kept_as<cell_tag::decimal>});
    r.set_type(k::binary, {write_binary, nullptr});
    for (const k kind : {k::text, k::json, k::array}) r.set_type(kind, {write_name<text>, nullptr});
    r.set_type(k::timestamp_tz, {write_name<timestamp>, kept_as<cell_tag::instant>});  // in UTC
    r.set_type(k::interval, {write_name<big>, kept_as<cell_tag::i64>});
    r.set_type(k::uuid, {write_name<uuid>, kept_as<cell_tag::uuid>});
}

// Literals and bound values.

std::string text_of(const cell& value) {
    arena scratch;
    return std::string{convert(value, cell_tag::text, scratch).chars_view()};
}

std::size_t characters_in(std::string_view text) {
    return static_cast<std::size_t>(
        std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }));
}

/// A literal alone is a CHAR, which CASE and the like pad with blanks.
void write_text_literal(compiler& out, std::string_view text) {
    out << "CAST(";
    write_quoted_text(out, text);
    out << fmt::format(" AS VARCHAR({}))", std::max<std::size_t>(characters_in(text), 1));
}

void write_moment(compiler& out, std::string_view word, const cell& value) {
    check_moment(value);
    std::string text = text_of(value);
    if (text.ends_with('Z')) text.pop_back();
    if (const auto point = text.find('.'); point != std::string::npos) text.resize(std::min(text.size(), point + 5));
    out << word << "'" << text << "'";
}

void write_literal(compiler& out, const cell& value, const type& of) {
    switch (value.tag) {
        case cell_tag::f64: {
            if (!std::isfinite(value.f64)) throw_error(errc::value_range, fmt::format("Firebird has no number for {}", value.f64));
            std::string digits = fmt::format("{}", value.f64);
            out << digits << (digits.find('e') == std::string::npos ? "e0" : "");  // without an exponent it is a decimal
            return;
        }
        case cell_tag::text:
        case cell_tag::json:
        case cell_tag::array: return write_text_literal(out, value.chars_view());
        case cell_tag::bytes:  // 16 bytes alone would be a uuid's
            out << "CAST(";
            write_ansi_literal(out, value, of);
            out << fmt::format(" AS VARCHAR({}) CHARACTER SET OCTETS)", std::max<std::size_t>(value.chars.size, 1));
            return;
        case cell_tag::time: return write_moment(out, "TIME ", value);
        case cell_tag::timestamp:
        case cell_tag::instant: return write_moment(out, "TIMESTAMP ", value);
        case cell_tag::interval: {
            arena scratch;
            out << fmt::format("{}", convert(value, cell_tag::i64, scratch).i64);
            return;
        }
        case cell_tag::uuid: out << "CHAR_TO_UUID('" << text_of(value) << "')"; return;
        default: write_ansi_literal(out, value, of);
    }
}

void write_bind_type(compiler& out, const type& t) {
    switch (t.kind) {
        case k::unknown:
        case k::string:
        case k::text:
        case k::json:
        case k::array:
        case k::enumeration: out << text_words; return;
        case k::binary: out << bytes_words; return;
        case k::numeric: out << decimal_words; return;
        case k::unsigned_big_integer: out << big; return;
        case k::real: out << "DOUBLE PRECISION"; return;
        default: out.type_name(t);
    }
}

/// Firebird has to know a parameter's type where nothing around it tells.
void write_bind(compiler& out, const bind_node& n) {
    const std::size_t from = out.buffer().size();
    const std::size_t parameters = out.parameter_count();
    out << "CAST(";
    out.parameter(n);
    if (out.parameter_count() == parameters) {  // a literal, which has one
        const std::string literal = out.cut(from).substr(5);
        out << literal;
        return;
    }
    out << " AS ";
    write_bind_type(out, n.type);
    out << ")";
}

/// A value on its way into a column takes that one's type.
void write_assigned(compiler& out, const node&, const node& value) {
    if (const auto* bind = node_cast<bind_node>(&value)) out.parameter(*bind);
    else out << value;
}

// Queries.

void write_plain(compiler& out, const node& n) {
    if (const auto* bind = node_cast<bind_node>(&n)) out.parameter(*bind);
    else if (node_cast<literal_node>(&n)) out << n;
    else out << "(" << n << ")";
}

void write_limit(compiler& out, const node* limit, const node* offset) {
    if (offset) {
        out << " OFFSET ";
        write_plain(out, *offset);
        out << " ROWS";
    }
    if (!limit) return;
    out << " FETCH FIRST ";
    write_plain(out, *limit);
    out << " ROWS ONLY";
}

void write_locked(compiler& out, const lock_clause& lock) { write_lock(out, lock, " FOR UPDATE WITH LOCK"); }

rule_table make_rules() {
    rule_table r = ansi_rules();
    r.literal = write_literal;
    r.limit = write_limit;
    r.rows = &write_rows_as_selects;
    r.lock = write_locked;
    r.filters = false;
    r.lone_select = " FROM RDB$DATABASE";
    r.identifiers.max_length = 31;
    r.identifiers.length_in_bytes = false;
    r.identifiers.swaps_case = true;
    r.assigned = write_assigned;
    r.fits_queries = false;
    r.groups_set_operations = false;
    r.ctes_before_insert = false;
    set_types(r);
    r.set<bind_node, &write_bind>();
    set_operation_rules(r);
    set_schema_rules(r);
    return r;
}

}  // namespace

const rule_table& rules() {
    static const rule_table made = make_rules();
    return made;
}

}  // namespace azoth::firebird
