// Type names, and the forms in which values are kept. A name decides the affinity of a column (SQLite's manual, "Datatypes In SQLite",
// section 3.1): what has to stay text has TEXT in its name, or SQLite would make a number of the JSON 1.10.
#include "rules.hpp"

#include "decimal_text.hpp"

#include <fmt/format.h>

namespace azoth::sqlite {
namespace {

using k = type_kind;

constexpr std::uint16_t digits_of_a_real = 15;

constexpr std::string_view plain_name(type_kind kind) {
    switch (kind) {
        case k::boolean: return "BOOLEAN";
        case k::small_integer: return "SMALLINT";
        case k::integer: return "INTEGER";
        case k::big_integer: return "BIGINT";
        case k::unsigned_small_integer: return "SMALLINT UNSIGNED";
        case k::unsigned_integer: return "INTEGER UNSIGNED";
        case k::real: return "FLOAT";
        case k::double_: return "DOUBLE PRECISION";
        case k::date: return "DATE_TEXT";
        case k::time: return "TIME_TEXT";
        case k::timestamp: return "TIMESTAMP_TEXT";
        case k::timestamp_tz: return "TIMESTAMPTZ_TEXT";
        case k::interval: return "INTERVAL";  // affinity INTEGER
        case k::uuid: return "UUID_TEXT";
        case k::json: return "JSON_TEXT";
        case k::enumeration: return "ENUM_TEXT";
        default: return "TEXT";
    }
}

template <type_kind Kind>
void write_plain(compiler& out, const type&) {
    out << plain_name(Kind);
}

void write_collated(compiler& out, std::string_view name) { out << name << " COLLATE " << decimal_collation; }

void write_unsigned(compiler& out, const type&) { write_collated(out, "UNSIGNED64_TEXT"); }

void write_numeric(compiler& out, const type& t) {
    if (!is_kept_as_text(t)) out << fmt::format("NUMERIC({}, {})", t.precision, t.scale);
    else if (t.precision == 0) write_collated(out, "DECIMAL_TEXT");
    else write_collated(out, fmt::format("DECIMAL_TEXT({}, {})", t.precision, t.scale));
}

void write_string(compiler& out, const type& t) { out << (t.length == 0 ? "TEXT" : fmt::format("VARCHAR({})", t.length)); }
/// Such an array is JSON text; its elements' type is for those who read the schema.
void write_array(compiler& out, const type& t) {
    out << "ARRAY_TEXT";
    if (!t.rare || !t.rare->element) return;
    const std::size_t from = out.buffer().size();
    out.type_name(*t.rare->element);
    const std::string name = out.cut(from);
    out << " " << name.substr(0, name.find(" COLLATE "));
}
void write_binary(compiler& out, const type& t) { out << (t.length == 0 ? "BLOB" : fmt::format("BLOB({})", t.length)); }

template <cell_tag Tag>
constexpr cell_tag kept_as(const type&) {
    return Tag;
}

/// Narrow decimals reach the driver as such, and it binds them as numbers; wide ones as the text that they are kept as.
cell_tag kept_numeric(const type& t) { return is_kept_as_text(t) ? cell_tag::text : cell_tag::decimal; }

template <type_kind... Kinds>
void set_plain(rule_table& to) {
    (to.set_type(Kinds, {&write_plain<Kinds>, nullptr}), ...);
}
template <type_kind... Kinds>
void set_texts(rule_table& to) {
    (to.set_type(Kinds, {&write_plain<Kinds>, &kept_as<cell_tag::text>}), ...);
}

bool is_approximate(const type& t) { return t.kind == k::real || t.kind == k::double_; }

/// The parts of a moment, which are text of fixed width: "2026-01-31 23:59:59.999999Z".
void write_cast_to_moment(compiler& out, const cast_node& n) {
    const type_kind from = type_of(*n.operand).kind;
    const bool from_moment = from == k::timestamp || from == k::timestamp_tz;
    const type_kind to = n.type.kind;
    const bool adds_zone = to == k::timestamp_tz && from != k::timestamp_tz;
    if (to == k::date && from_moment) out << "substr(" << n.operand << ", 1, 10)";
    else if (to == k::date) out << "date(" << n.operand << ")";
    else if (to == k::time && from_moment) out << "substr(" << n.operand << ", 12, 15)";
    else if (to == k::timestamp && from == k::timestamp_tz) out << "substr(" << n.operand << ", 1, 26)";
    else if (from == k::date && (to == k::timestamp || adds_zone))
        out << "(" << n.operand << " || ' 00:00:00.000000" << (adds_zone ? "Z')" : "')");
    else if (from == k::timestamp && adds_zone) out << "(" << n.operand << " || 'Z')";
    else out << "CAST(" << n.operand << " AS TEXT)";
}

/// A fraction is rounded, as elsewhere; SQLite's CAST would cut it off.
void write_cast_to_integer(compiler& out, const cast_node& n) {
    const type from = type_of(*n.operand);
    if (is_exact(from)) out << "CAST(azoth_round(" << n.operand << ") AS INTEGER)";
    else if (is_approximate(from)) out << "CAST(azoth_nearest(" << n.operand << ") AS INTEGER)";
    else out << "CAST(" << n.operand << " AS INTEGER)";
}

void write_cast_to_numeric(compiler& out, const cast_node& n) {
    const bool as_text = is_kept_as_text(n.type);
    if (n.type.precision == 0) out << "azoth_decimal(" << n.operand << ")";
    else out << "azoth_fit(" << n.operand << fmt::format(", {}, {}, {})", n.type.precision, n.type.scale, as_text ? 1 : 0);
    if (as_text) out << " COLLATE " << decimal_collation;
}

}  // namespace

bool is_exact(const type& t) noexcept { return t.kind == k::numeric || t.kind == k::unsigned_big_integer; }

bool is_kept_as_text(const type& t) noexcept {
    if (t.kind == k::unsigned_big_integer) return true;
    return t.kind == k::numeric && (t.precision == 0 || t.precision > digits_of_a_real);
}

void write_cast(compiler& out, const cast_node& n) {
    switch (n.type.kind) {
        case k::boolean: out << "(CAST(" << n.operand << " AS NUMERIC) <> 0)"; return;
        case k::unsigned_big_integer: out << "azoth_unsigned(" << n.operand << ") COLLATE " << decimal_collation; return;
        case k::numeric: write_cast_to_numeric(out, n); return;
        case k::real:
        case k::double_: out << "CAST(" << n.operand << " AS REAL)"; return;
        case k::binary: out << "CAST(" << n.operand << " AS BLOB)"; return;
        case k::interval: out << "CAST(" << n.operand << " AS INTEGER)"; return;
        case k::date:
        case k::time:
        case k::timestamp:
        case k::timestamp_tz: write_cast_to_moment(out, n); return;
        default: break;
    }
    if (is_integer(n.type.kind)) return write_cast_to_integer(out, n);
    const bool is_cut = n.type.kind == k::string && n.type.length != 0;
    const type_kind from = type_of(*n.operand).kind;
    const std::string_view function = from == k::double_ ? "azoth_real_text(" : from == k::real ? "azoth_float_text(" : "";
    out << (is_cut ? "substr(" : "") << (function.empty() ? "CAST(" : function) << n.operand << (function.empty() ? " AS TEXT)" : ")");
    if (is_cut) out << fmt::format(", 1, {})", n.type.length);
    // A collation would pass through CAST and compare texts as numbers.
    if (is_exact(type_of(*n.operand)) || brings_collation(*n.operand)) out << " COLLATE BINARY";
}

void set_type_rules(rule_table& to) {
    set_plain<k::boolean, k::small_integer, k::integer, k::big_integer, k::unsigned_small_integer, k::unsigned_integer, k::real, k::double_,
              k::text, k::json, k::enumeration>(to);
    to.set_type(k::array, {&write_array, nullptr});
    set_texts<k::date, k::time, k::timestamp, k::timestamp_tz, k::uuid>(to);
    to.set_type(k::interval, {&write_plain<k::interval>, &kept_as<cell_tag::i64>});
    to.set_type(k::unsigned_big_integer, {&write_unsigned, &kept_as<cell_tag::text>});
    to.set_type(k::numeric, {&write_numeric, &kept_numeric});
    to.set_type(k::string, {&write_string, nullptr});
    to.set_type(k::binary, {&write_binary, nullptr});
    to.set<cast_node, &write_cast>();
}

}  // namespace azoth::sqlite
