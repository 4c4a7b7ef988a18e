#include "ansi_rules.hpp"

#include <fmt/format.h>

namespace azoth::detail {
namespace {

template <type_kind Kind>
void write_plain(compiler& out, const type&) {
    constexpr auto name = [] {
        switch (Kind) {
            case type_kind::boolean: return "BOOLEAN";
            case type_kind::small_integer:
            case type_kind::unsigned_small_integer: return "SMALLINT";
            case type_kind::integer:
            case type_kind::unsigned_integer: return "INTEGER";
            case type_kind::big_integer: return "BIGINT";
            case type_kind::unsigned_big_integer: return "NUMERIC(20, 0)";
            case type_kind::real: return "REAL";
            case type_kind::double_: return "DOUBLE PRECISION";
            case type_kind::text: return "CLOB";
            case type_kind::date: return "DATE";
            case type_kind::time: return "TIME";
            case type_kind::timestamp: return "TIMESTAMP";
            case type_kind::timestamp_tz: return "TIMESTAMP WITH TIME ZONE";
            case type_kind::interval: return "INTERVAL DAY TO SECOND";
            case type_kind::uuid: return "CHAR(36)";
            default: return "JSON";
        }
    }();
    out << name;
}

void write_numeric(compiler& out, const type& t) {
    if (t.precision == 0) out << "NUMERIC";
    else out << fmt::format("NUMERIC({}, {})", t.precision, t.scale);
}

void write_string(compiler& out, const type& t) {
    if (t.length == 0) out.type_name(type_kind::text);
    else out << fmt::format("VARCHAR({})", t.length);
}

void write_binary_type(compiler& out, const type& t) {
    if (t.length == 0) out << "BLOB";
    else out << fmt::format("VARBINARY({})", t.length);
}

/// As wide as its longest label; the labels themselves are the schema's business (a CHECK) or the dialect's (a native enum).
void write_enumeration(compiler& out, const type& t) {
    std::size_t widest = 1;
    if (t.rare)
        for (const auto& label : t.rare->labels) widest = std::max(widest, label.size());
    out << fmt::format("VARCHAR({})", widest);
}

template <cell_tag Tag>
constexpr cell_tag stored_as_tag(const type&) {
    return Tag;
}

}  // namespace

void set_type_rules(rule_table& r) {
    using k = type_kind;
    r.set_type(k::boolean, {write_plain<k::boolean>, nullptr});
    r.set_type(k::small_integer, {write_plain<k::small_integer>, nullptr});
    r.set_type(k::integer, {write_plain<k::integer>, nullptr});
    r.set_type(k::big_integer, {write_plain<k::big_integer>, nullptr});
    // Standard SQL has no unsigned types: the next wider one holds the values.
    r.set_type(k::unsigned_small_integer, {write_plain<k::integer>, nullptr});
    r.set_type(k::unsigned_integer, {write_plain<k::big_integer>, nullptr});
    r.set_type(k::unsigned_big_integer, {write_plain<k::unsigned_big_integer>, nullptr});
    r.set_type(k::real, {write_plain<k::real>, nullptr});
    r.set_type(k::double_, {write_plain<k::double_>, nullptr});
    r.set_type(k::numeric, {write_numeric, stored_as_tag<cell_tag::decimal>});
    r.set_type(k::string, {write_string, nullptr});
    r.set_type(k::text, {write_plain<k::text>, nullptr});
    r.set_type(k::binary, {write_binary_type, nullptr});
    r.set_type(k::date, {write_plain<k::date>, nullptr});
    r.set_type(k::time, {write_plain<k::time>, nullptr});
    r.set_type(k::timestamp, {write_plain<k::timestamp>, nullptr});
    r.set_type(k::timestamp_tz, {write_plain<k::timestamp_tz>, nullptr});
    r.set_type(k::interval, {write_plain<k::interval>, nullptr});
    r.set_type(k::uuid, {write_plain<k::uuid>, stored_as_tag<cell_tag::text>});
    r.set_type(k::json, {write_plain<k::json>, nullptr});
    r.set_type(k::enumeration, {write_enumeration, nullptr});
    r.set_type(k::array, {write_plain<k::json>, stored_as_tag<cell_tag::json>});  // where there are none: a JSON array
}

}  // namespace azoth::detail
