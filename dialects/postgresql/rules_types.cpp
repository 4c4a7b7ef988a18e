// Type names. PostgreSQL has no unsigned integers: the next wider type holds the values.
#include "rules.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace azoth::postgresql {
namespace {

using k = type_kind;

constexpr std::string_view plain_name(type_kind kind) {
    switch (kind) {
        case k::boolean: return "BOOLEAN";
        case k::small_integer: return "SMALLINT";
        case k::integer:
        case k::unsigned_small_integer: return "INTEGER";
        case k::big_integer:
        case k::unsigned_integer: return "BIGINT";
        case k::unsigned_big_integer: return "NUMERIC(20, 0)";
        case k::real: return "REAL";
        case k::double_: return "DOUBLE PRECISION";
        case k::numeric: return "NUMERIC";
        case k::string:
        case k::enumeration: return "VARCHAR";
        case k::binary: return "BYTEA";
        case k::date: return "DATE";
        case k::time: return "TIME";
        case k::timestamp: return "TIMESTAMP";
        case k::timestamp_tz: return "TIMESTAMP WITH TIME ZONE";
        case k::interval: return "INTERVAL";
        case k::uuid: return "UUID";
        case k::json: return "JSONB";
        default: return "TEXT";
    }
}

template <type_kind Kind>
void write_plain(compiler& out, const type&) {
    out << plain_name(Kind);
}

void write_numeric(compiler& out, const type& t) {
    if (t.precision == 0) out << "NUMERIC";
    else out << fmt::format("NUMERIC({}, {})", t.precision, t.scale);
}

void write_string(compiler& out, const type& t) {
    if (t.length == 0) out << "TEXT";
    else out << fmt::format("VARCHAR({})", t.length);
}

/// The database's own type where it has a name. Else in characters, as VARCHAR counts; labels are told apart by their characters, so that
/// none is cut.
void write_enumeration(compiler& out, const type& t) {
    if (is_named_enum(t)) {
        out.qualified(t.rare->schema, t.rare->name);
        return;
    }
    std::size_t widest = 0;
    if (t.rare)
        for (const auto& label : t.rare->labels) widest = std::max(widest, label.size());
    if (widest == 0) out << "TEXT";  // an array's elements do not tell their labels
    else out << fmt::format("VARCHAR({})", widest);
}

const type& element_of(compiler& out, const type& t) {
    if (!t.rare || !t.rare->element)
        throw_error(errc::invalid_argument, "an array's type does not say what its elements are: make it with array_of()");
    if (t.rare->element->kind == k::array)
        throw_error(errc::not_supported, fmt::format("the {} driver has no arrays of arrays: use a JSON column", out.server().dialect));
    return *t.rare->element;
}

void write_array(compiler& out, const type& t) { out.type_name(element_of(out, t)) << "[]"; }

template <cell_tag Tag>
constexpr cell_tag kept_as(const type&) {
    return Tag;
}

template <type_kind... Kinds>
void set_plain(rule_table& to) {
    (to.set_type(Kinds, {&write_plain<Kinds>, nullptr}), ...);
}

}  // namespace

bool is_named_enum(const type& t) noexcept { return t.kind == k::enumeration && t.rare && !t.rare->name.empty(); }

void write_unsized_type(compiler& out, const type& of) {
    if (is_named_enum(of)) out.qualified(of.rare->schema, of.rare->name);
    else if (of.kind == k::unsigned_big_integer) out << "NUMERIC";
    else if (of.kind != k::array) out << plain_name(of.kind);
    else {
        write_unsized_type(out, element_of(out, of));
        out << "[]";
    }
}

bool write_bind_cast(compiler& out, const type& of) {
    // Labels without a type's name may be those of a type that the database defines.
    if (of.kind == k::unknown || (of.kind == k::enumeration && !is_named_enum(of))) return false;
    out << "::";
    if (const auto own = of.native_name("postgresql"); !own.empty()) out << own;
    else write_unsized_type(out, of);
    return true;
}

void set_type_rules(rule_table& to) {
    set_plain<k::boolean, k::small_integer, k::integer, k::big_integer, k::unsigned_small_integer, k::unsigned_integer,
              k::unsigned_big_integer, k::real, k::double_, k::text, k::binary, k::date, k::time, k::timestamp, k::timestamp_tz,
              k::interval, k::uuid, k::json>(to);
    to.set_type(k::numeric, {write_numeric, kept_as<cell_tag::decimal>});
    to.set_type(k::string, {write_string, nullptr});
    to.set_type(k::enumeration, {write_enumeration, nullptr});
    to.set_type(k::array, {write_array, kept_as<cell_tag::array>});
}

}  // namespace azoth::postgresql
