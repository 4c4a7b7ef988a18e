// How Firebird writes SQL: what it says otherwise than the standard.
#include "connection.hpp"
#include "values.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace azoth::firebird {

void set_operation_rules(rule_table& to);

namespace {

using k = type_kind;

// Types.

template <const char* Name>
void write_name(compiler& out, const type&) {
    out << Name;
}
constexpr char big[] = "BIGINT", real[] = "FLOAT", text[] = "BLOB SUB_TYPE TEXT", timestamp[] = "TIMESTAMP",
               uuid[] = "CHAR(16) CHARACTER SET OCTETS";

template <cell_tag Tag>
cell_tag kept_as(const type&) {
    return Tag;
}

constexpr std::uint32_t most_characters = 8'191;

void write_string(compiler& out, const type& t) {
    if (t.length > most_characters) out << text;
    else out << fmt::format("VARCHAR({})", t.length);
}

void write_numeric(compiler& out, const type& t) {
    const bool fits = t.precision != 0 && t.precision <= 18;
    out.require(fits && t.scale <= t.precision, "a decimal of more than 18 digits, or of no number of digits", "say numeric(18, scale)");
    out << (t.precision == 0 ? "NUMERIC" : fmt::format("NUMERIC({}, {})", t.precision, t.scale));
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
    r.set_type(k::string, {write_string, nullptr});
    r.set_type(k::unsigned_big_integer, {write_unsigned_big, nullptr});
    r.set_type(k::real, {write_name<real>, nullptr});
    r.set_type(k::numeric, {write_numeric, kept_as<cell_tag::decimal>});
    r.set_type(k::binary, {write_binary, nullptr});
    for (const k kind : {k::text, k::json, k::array}) r.set_type(kind, {write_name<text>, nullptr});
    r.set_type(k::timestamp_tz, {write_name<timestamp>, kept_as<cell_tag::instant>});  // in UTC
    r.set_type(k::interval, {write_name<big>, kept_as<cell_tag::i64>});
    r.set_type(k::uuid, {write_name<uuid>, kept_as<cell_tag::uuid>});
}

/// What a bound value is cast to; the driver replaces the words of values.hpp where a value needs another.
void write_parameter_type(compiler& out, const type& t) {
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

// Literals.

/// Firebird reads few digits exactly; whole numbers of 53 bits and powers of two it does.
std::string double_literal(double value) {
    if (!std::isfinite(value)) throw_error(errc::value_range, fmt::format("Firebird has no number for {}", value));
    std::string digits = fmt::format("{}", value);
    const bool is_short = digits.size() <= 15 && (value == 0 || (std::fabs(value) > 1e-15 && std::fabs(value) < 1e15));
    if (is_short) return digits + (digits.find('e') == std::string::npos ? "e0" : "");  // without an exponent it is a decimal
    int exponent = 0;
    const auto whole = static_cast<std::int64_t>(std::ldexp(std::frexp(value, &exponent), 53));
    const int half = (exponent - 53) / 2;  // two factors: 2 to the -1,074th is too small for one
    return fmt::format("({} * POWER(2e0, {}) * POWER(2e0, {}))", whole, half, exponent - 53 - half);
}

void write_literal(compiler& out, const cell& value, const type& of) {
    arena scratch;
    switch (value.tag) {
        case cell_tag::f64: out << double_literal(value.f64); return;
        case cell_tag::text:
        case cell_tag::json:
        case cell_tag::array: return write_quoted_text(out, value.chars_view());
        case cell_tag::time:
        case cell_tag::timestamp:
        case cell_tag::instant: {
            check_moment(value);
            std::string moment{convert(value, cell_tag::text, scratch).chars_view()};
            if (const auto point = moment.find('.'); point != std::string::npos) moment.resize(point + 5);
            if (moment.ends_with('Z')) moment.pop_back();
            out << (value.tag == cell_tag::time ? "TIME '" : "TIMESTAMP '") << moment << "'";
            return;
        }
        case cell_tag::interval: out << fmt::format("{}", convert(value, cell_tag::i64, scratch).i64); return;
        case cell_tag::uuid: out << "CHAR_TO_UUID('" << convert(value, cell_tag::text, scratch).chars_view() << "')"; return;
        default: write_ansi_literal(out, value, of);
    }
}

/// A text alone is a CHAR, which CASE and the like pad with blanks; 16 bytes alone would be a UUID's.
void write_typed_literal(compiler& out, const cell& value, const type& of) {
    const bool is_text = value.tag == cell_tag::text || value.tag == cell_tag::json || value.tag == cell_tag::array;
    if (!is_text && value.tag != cell_tag::bytes) return write_literal(out, value, of);
    const auto size = static_cast<std::uint32_t>(std::max<std::size_t>(value.chars.size, 1));
    out << "CAST(";
    write_literal(out, value, of);
    out << " AS ";
    out.type_name(is_text ? string(size) : binary(size));
    out << ")";
}

// DDL.

void write_identity(compiler& out, const table_definition& of, std::size_t column) {
    const auto& identity = of.details[column].identity;
    out.require(!identity || (!identity->always && identity->options == sequence_options{}), "an identity column with options of its own");
    out << " GENERATED BY DEFAULT AS IDENTITY";
}

/// Firebird 3 counts one step before it gives the first number.
void write_create_sequence(compiler& out, const create_sequence_node& n) {
    create_sequence_node counted = n;
    sequence_options& options = counted.sequence.options;
    options.start = options.start.value_or(1) - options.increment.value_or(1);
    ansi_rules().find(n.kind())(out, counted);
}

/// Firebird alters few columns: it makes no type narrower and no other kind of it, and numbers none that was not numbered.
void refuse_altering(compiler&, const alter_column_node& n) {
    throw_error(errc::not_supported, fmt::format("Firebird's ALTER COLUMN (\"{}\") is not written: make another column", n.column));
}

void write_existence(compiler& out, std::string_view object, std::string_view name, bool exists, const std::string& sql) {
    const std::string_view catalogue = object == "SEQUENCE" ? "generator" : object == "INDEX" ? "index" : "relation";
    out << fmt::format("EXECUTE BLOCK AS BEGIN IF ({}EXISTS (SELECT 1 FROM rdb${} WHERE TRIM(rdb${}_name) = ", exists ? "" : "NOT ",
                       object == "INDEX" ? "indices" : std::string{catalogue} + "s", catalogue);
    write_quoted_text(out, swapped_case(name));
    out << ")) THEN EXECUTE STATEMENT ";
    write_quoted_text(out, sql);
    out << "; END";
}

rule_table make_rules() {
    rule_table r = ansi_rules();
    r.literal = write_literal;
    r.typed_literal = write_typed_literal;
    r.parameter_type = write_parameter_type;
    r.rows = &write_rows_as_selects;
    r.lock = [](compiler& out, const lock_clause& lock) { write_lock(out, lock, " FOR UPDATE WITH LOCK"); };
    r.filters = false;
    r.lone_select = " FROM RDB$DATABASE";
    r.identifiers.max_length = 31;
    r.identifiers.swaps_case = true;
    r.fits_queries = false;
    r.groups_set_operations = false;
    r.ctes_before_insert = false;
    r.orders_unions_by_place = true;
    r.changed_rows_limit = " ROWS ";
    r.ddl.identity = write_identity;
    r.ddl.computed_not_null = false;
    r.ddl.existence = write_existence;
    r.ddl.one_way_indexes = true;
    r.ddl.words = {.add_column = "ADD",
                   .drop_column = "DROP",
                   .rename_column = "ALTER COLUMN",
                   .replace_view = "CREATE OR ALTER",
                   .virtual_column = ""};
    r.set<create_sequence_node, &write_create_sequence>();
    r.set<alter_column_node, &refuse_altering>();
    set_types(r);
    set_operation_rules(r);
    return r;
}

}  // namespace

const rule_table& rules() {
    static const rule_table made = make_rules();
    return made;
}

}  // namespace azoth::firebird
