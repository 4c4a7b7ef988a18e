#include "catalogue_types.hpp"

#include "catalogue_queries.hpp"
#include "oids.hpp"

#include <fmt/format.h>

#include <array>

namespace azoth::postgresql {
namespace {

using k = type_kind;

constexpr std::int64_t all_microseconds = 6;  // TIMESTAMP(6) is TIMESTAMP

/// Whether `native_type` takes the name; it knows no quotes.
bool is_plain_type_name(std::string_view name) {
    return name.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 _.,()[]") == std::string_view::npos;
}

/// A type that the model has no word for: what its values travel as, and its own name where that can be written down.
reflected_type own_type_of(const type& nearest, const std::string& name) {
    if (!is_plain_type_name(name)) return {nearest, false, fmt::format("its type {} is read as {}", name, to_string(nearest)), false};
    return {native_type(nearest, {{"postgresql", name}}), false,
            fmt::format("its type {} is PostgreSQL's own, elsewhere it is {}", name, to_string(nearest))};
}

type sized_string(std::int64_t modifier) {
    constexpr std::int64_t header = 4;
    return modifier < header ? type{k::text} : string(static_cast<std::uint32_t>(modifier - header));
}

/// The modifier has the precision in its upper half, and below it the scale in eleven bits, which may be negative.
reflected_type exact_number(std::int64_t modifier, const std::string& name) {
    constexpr std::int64_t header = 4;
    if (modifier < header) return {k::numeric};
    const std::int64_t packed = modifier - header;
    const std::int64_t scale = ((packed & 0x7ff) ^ 1024) - 1024;
    if (scale < 0) return own_type_of(k::numeric, name);
    return {numeric(static_cast<std::uint16_t>(packed >> 16 & 0xffff), static_cast<std::uint16_t>(scale))};
}

reflected_type built_in(std::int64_t number, std::int64_t modifier, const std::string& name) {
    const auto moment = [&](type_kind kind) {
        return modifier < 0 || modifier == all_microseconds ? reflected_type{kind} : own_type_of(kind, name);
    };
    switch (number) {
        case oids::boolean: return {k::boolean};
        case oids::int2: return {k::small_integer};
        case oids::int4: return {k::integer};
        case oids::int8: return {k::big_integer};
        case oids::float4: return {k::real};
        case oids::float8: return {k::double_};
        case oids::numeric: return exact_number(modifier, name);
        case oids::text: return {k::text};
        case oids::varchar: return {sized_string(modifier)};
        case oids::bpchar: return own_type_of(sized_string(modifier), name);
        case oids::bytea: return {k::binary};
        case oids::date: return {k::date};
        case oids::time: return moment(k::time);
        case oids::timestamp: return moment(k::timestamp);
        case oids::timestamptz: return moment(k::timestamp_tz);
        case oids::interval: return modifier < 0 ? reflected_type{k::interval} : own_type_of(k::interval, name);
        case oids::uuid: return {k::uuid};
        case oids::jsonb: return {k::json};
        case oids::json: return own_type_of(k::json, name);
        case oids::oid: return own_type_of(k::unsigned_integer, name);
        default: return own_type_of(k::text, name);
    }
}

}  // namespace

void type_catalogue::read(executor& on, const cell& relations) {
    each_row(on, catalogue_queries::types(), std::array{relations}, [&](catalogue_row& row) {
        entry& t = types_[row.number()];
        t.name = row.text();
        t.schema = row.text();
        t.kind = row.letter();
        t.element = row.number();
        t.base = row.number();
        t.base_modifier = row.number();
        t.base_name = row.text();
        t.not_null = row.flag();
        t.labels = row.list();
    });
}

reflected_type type_catalogue::domain(const entry& of, const std::string& name) const {
    reflected_type found = resolve(of.base, of.base_modifier, of.base_name);
    found.not_null = found.not_null || of.not_null;
    found.stays = false;
    found.note = fmt::format("the domain {} is read as the type that it is made of; what else it says is left out{}{}", name,
                             found.note.empty() ? "" : "; ", found.note);
    return found;
}

reflected_type type_catalogue::array(const entry& of, std::int64_t modifier, std::string name) const {
    if (name.ends_with("[]")) name.resize(name.size() - 2);
    reflected_type found = resolve(of.element, modifier, name);
    found.of = array_of(found.of);
    found.not_null = false;
    return found;
}

reflected_type type_catalogue::resolve(std::int64_t number, std::int64_t modifier, const std::string& name) const {
    const auto known = types_.find(number);
    if (known == types_.end()) return own_type_of(k::text, name);
    const entry& t = known->second;
    if (t.element != 0) return array(t, modifier, name);
    switch (t.kind) {
        case 'd': return domain(t, name);
        case 'e': return {enum_type(t.name, t.labels, spelled_(t.schema))};
        default: return built_in(number, modifier, name);
    }
}

}  // namespace azoth::postgresql
