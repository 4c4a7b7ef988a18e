#include "reflector.hpp"

#include "catalogue.hpp"
#include "exec.hpp"
#include "next_numbers.hpp"
#include "reflected_table.hpp"
#include "sql_text.hpp"

#include <algorithm>
#include <array>

namespace azoth::sqlite {

bool catalogue_reader::has_schema(std::string_view name) {
    if (same_word(name, "main") || same_word(name, "temp")) return true;
    const std::array parameters{cell::text(name)};
    return !first_cells(on_, "SELECT name FROM pragma_database_list WHERE name = ? COLLATE NOCASE", parameters).empty();
}

std::vector<std::string> catalogue_reader::schema_names() {
    return first_cells(on_, "SELECT name FROM pragma_database_list WHERE name <> 'temp' ORDER BY name");
}

std::vector<std::string> catalogue_reader::names_of(std::string_view type, std::string_view schema) {
    if (schema.empty()) schema = "main";
    if (!has_schema(schema)) return {};
    return first_cells(on_, "SELECT m.name FROM " + quoted_name(schema) + ".sqlite_schema AS m WHERE m.type = " + quoted_text(type) +
                                " AND " + only_of_programs(on_, schema) + " ORDER BY m.name");
}

std::vector<std::string> catalogue_reader::table_names(std::string_view schema) { return names_of("table", schema); }
std::vector<std::string> catalogue_reader::view_names(std::string_view schema) { return names_of("view", schema); }
std::vector<std::string> catalogue_reader::temporary_table_names() { return names_of("table", "temp"); }

/// A name without a schema may be a temporary object's.
std::vector<bool> catalogue_reader::have(std::string_view type, const std::vector<std::string>& names, std::string_view schema) {
    if (!schema.empty() && !has_schema(schema)) return std::vector<bool>(names.size());
    const std::string json = as_json_array(names);
    const std::array parameters{cell::text(json)};
    // Names differ by more than the case of ASCII letters, or they are one.
    std::string sql = "WITH wanted AS (SELECT value FROM json_each(?)) SELECT m.name FROM (SELECT type, name FROM ";
    sql += quoted_name(schema.empty() ? "main" : schema) + ".sqlite_schema";
    if (schema.empty()) sql += " UNION ALL SELECT type, name FROM temp.sqlite_schema";
    sql += ") AS m WHERE m.type = " + quoted_text(type) + " AND m.name COLLATE NOCASE IN wanted";
    const auto found = first_cells(on_, sql, parameters);
    std::vector<bool> have;
    for (const auto& name : names) have.push_back(std::ranges::any_of(found, [&](const std::string& f) { return same_word(f, name); }));
    return have;
}

std::vector<bool> catalogue_reader::have_tables(const std::vector<std::string>& names, std::string_view schema) {
    return have("table", names, schema);
}
std::vector<bool> catalogue_reader::have_views(const std::vector<std::string>& names, std::string_view schema) {
    return have("view", names, schema);
}
bool catalogue_reader::has_table(std::string_view name, std::string_view schema) {
    return have("table", {std::string{name}}, schema).front();
}

namespace {

std::string_view place_of(const reflection_request& request) {
    return request.temporary ? "temp" : request.schema.empty() ? "main" : std::string_view{request.schema};
}

/// Enumerations with a name that columns are of: a database that has them as types makes them of this.
void add_enumerations(schema_definition& to) {
    for (const auto& table : to.tables)
        for (const auto& column : table->node->columns) {
            const auto& parts = column.type.rare;
            if (column.type.kind != type_kind::enumeration || !parts || parts->name.empty()) continue;
            enum_definition made{{parts->schema, parts->name}, parts->labels, {}};
            if (std::ranges::find(to.enums, made.name, &enum_definition::name) == to.enums.end()) to.enums.push_back(std::move(made));
        }
}

}  // namespace

schema_definition catalogue_reader::read(const reflection_request& request) {
    const std::string_view place = place_of(request);
    schema_definition found;
    if (!has_schema(place)) return found;
    const catalogue_rows rows = read_catalogue(on_, place, request.names);
    reading in{request.temporary ? std::string{} : request.schema, same_word(place, "temp"), {}};
    for (const auto& [name, object] : rows) {
        const std::string lost = object.is_view ? "its" : "left out, for its";
        if (!object.failure.empty()) in.note_reading(name, lost + " columns cannot be read: " + object.failure);
        if (!object.is_view && object.failure.empty()) found.tables.push_back(reflected_table(name, object, in));
        else if (object.is_view && request.views) found.views.push_back(reflected_view(name, object, rows, in));
    }
    if (request.enums) add_enumerations(found);
    found.notes = std::move(in.notes);
    return found;
}

std::vector<next_number> catalogue_reader::next_numbers(const reflection_request& request) {
    const std::string_view place = place_of(request);
    return has_schema(place) ? sqlite::next_numbers(on_, place, request) : std::vector<next_number>{};
}

}  // namespace azoth::sqlite
