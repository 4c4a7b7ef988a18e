// The types that columns have on another server.
#include "portable_parts.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace azoth::detail {
namespace {

constexpr std::uint32_t longest_key_text = 255;
constexpr std::uint16_t widest_decimal = 65;

/// MySQL's foreign keys want the very type of what they refer to, where SQLite takes any integer; and so do enumerations that are types.
type keyed_type(const move_context& to, const table_definition& t, const column_spec& spec) {
    const auto is_strict = [&](const type& t) {
        return is_integer(t.kind) ? to.is_mysql() : t.kind == type_kind::enumeration && to.can().schema.enum_types;
    };
    for (const auto& key : t.foreign_keys) {
        const auto at = std::ranges::find(key.columns, spec.name);
        const auto referred = std::ranges::find_if(to.all.tables, [&](const table_ptr& r) {
            return r->node->name == key.referred_table && r->node->schema == key.referred_schema;
        });
        if (at == key.columns.end() || referred == to.all.tables.end()) continue;
        const std::string& name = key.referred_columns[static_cast<std::size_t>(at - key.columns.begin())];
        const type& wanted = (*referred)->node->columns[column_index(**referred, name)].type;
        if (is_strict(wanted) && family_of(wanted.kind) == family_of(spec.type.kind)) return wanted;
    }
    return spec.type;
}

/// MySQL's types of texts and bytes that hold less than the generic ones, and nothing else.
bool is_shorter(std::string_view own) {
    constexpr std::string_view names[]{"TINYTEXT", "TEXT", "MEDIUMTEXT", "TINYBLOB", "BLOB", "MEDIUMBLOB"};
    return std::ranges::find(names, own) != std::end(names);
}

bool is_boundless(const type& t) {
    return t.kind == type_kind::text || ((t.kind == type_kind::string || t.kind == type_kind::binary) && t.length == 0);
}

bool is_keyed(const table_definition& t, const std::string& column) {
    const auto names = [&](const std::vector<std::string>& columns) { return std::ranges::find(columns, column) != columns.end(); };
    return names(t.primary_key) || std::ranges::any_of(t.uniques, [&](const auto& u) { return names(u.columns); }) ||
           std::ranges::any_of(t.foreign_keys, [&](const auto& k) { return names(k.columns); }) ||
           std::ranges::any_of(t.indexes, [&](const auto& i) {
               return i.unique && std::ranges::any_of(i.elements, [&](const auto& e) { return e.column == column; });
           });
}

/// What MySQL and MariaDB have no room for.
void fit_mysql(const move_context& to, const table_definition& t, const column_spec& spec, type& made) {
    const object_name of = t.name();
    if (made.kind == type_kind::numeric && made.precision > widest_decimal) {
        to.lose(of, fmt::format("\"{}\" keeps {} of {} digits", spec.name, widest_decimal, made.precision));
        made.precision = widest_decimal;
        made.scale = std::min<std::uint16_t>(made.scale, 30);
    }
    if (is_keyed(t, spec.name) && is_boundless(made)) {
        to.lose(of, fmt::format("\"{}\" takes at most {} {}: keys have no room for more", spec.name, longest_key_text,
                                made.kind == type_kind::binary ? "bytes" : "characters"));
        made = made.kind == type_kind::binary ? binary(longest_key_text) : string(longest_key_text);
    }
}

}  // namespace

type portable_type(const move_context& to, const table_definition& t, std::size_t column) {
    const column_spec& spec = t.node->columns[column];
    const object_name of = t.name();
    type made = keyed_type(to, t, spec);
    if (to.is_same()) return made;
    if (made.kind == type_kind::enumeration && made.rare && !made.rare->native.empty()) {
        to.lose(of, fmt::format("\"{}\" becomes a text with a check of its labels: its type {} is {}'s own", spec.name,
                                made.rare->native.front().second, to.family));
        return enum_type({}, made.rare->labels);
    }
    if (made.rare && !made.rare->native.empty()) {
        const std::string& own = made.rare->native.front().second;
        if (!is_shorter(own))
            to.lose(of,
                    fmt::format("the column \"{}\" becomes {}: its type {} is {}'s own", spec.name, kind_name(made.kind), own, to.family));
        return made.kind;
    }
    if (made.kind == type_kind::real && to.family == "sqlite") made.kind = type_kind::double_;  // which is what its FLOAT holds
    if (made.kind == type_kind::array && !to.can().native_arrays)
        to.lose(of, fmt::format("the array \"{}\" becomes a JSON array", spec.name));
    else if (made.kind == type_kind::array && !(made.rare && made.rare->element)) {
        to.lose(of, fmt::format("the array \"{}\" becomes JSON: what its elements are is not known", spec.name));
        return type_kind::json;
    }
    if (to.is_mysql()) fit_mysql(to, t, spec, made);
    return made;
}

}  // namespace azoth::detail
