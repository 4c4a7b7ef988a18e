#include "class_keys.hpp"

#include <algorithm>

namespace azoth::orm::detail {
namespace {

bool leads_to(const foreign_key& key, const class_part& part) noexcept {
    const table_node& table = *part.table->table;
    return key.referred_table == table.name && key.referred_schema == table.schema;
}

/// The places of these columns of a table in a class; empty where another struct has one of them.
std::vector<std::size_t> places_of(const std::vector<std::string>& names, const class_part& part, const entity_class& in) {
    std::vector<std::size_t> places;
    for (const auto& name : names) {
        const auto place = in.place_of(*part.table->table, name);
        if (!place) return {};
        places.push_back(*place);
    }
    return places;
}

/// Whether a foreign key of a part joins it to the struct that its own inherits.
bool joins_parts(const foreign_key& key, const class_part& part, const entity_class& of) {
    if (&part == &of.parts.front() || key.columns.size() != part.key.size() || !leads_to(key, *(&part - 1))) return false;
    return std::ranges::all_of(part.key, [&](const node_ptr& k) {
        return std::ranges::find(key.columns, static_cast<const column_node&>(*k).spec->name) != key.columns.end();
    });
}

}  // namespace

std::vector<row_key> keys_of_rows(const entity_class& of) {
    std::vector<row_key> keys;
    for (const class_part& part : of.parts)
        for (const auto& key : part.table->definition.foreign_keys) {
            if (joins_parts(key, part, of)) continue;
            if (auto columns = places_of(key.columns, part, of); !columns.empty()) keys.push_back({&key, std::move(columns)});
        }
    return keys;
}

bool refers_to(const foreign_key& key, const entity_class& to) noexcept {
    return std::ranges::any_of(to.parts, [&](const class_part& part) { return leads_to(key, part); });
}

std::vector<std::size_t> referred_columns(const foreign_key& key, const entity_class& to) {
    const auto part = std::ranges::find_if(to.parts, [&](const class_part& p) { return leads_to(key, p); });
    return part == to.parts.end() ? std::vector<std::size_t>{} : places_of(key.referred_columns, *part, to);
}

}  // namespace azoth::orm::detail
