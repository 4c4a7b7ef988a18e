#include "reflector.hpp"

#include "catalogue_rows.hpp"
#include "find_tables.hpp"
#include "next_numbers.hpp"
#include "reflect_objects.hpp"
#include "show_create.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace azoth::mysql {
namespace {

using std::string_view;
using name_list = std::vector<std::string>;

constexpr string_view table_kinds = "'BASE TABLE', 'SYSTEM VERSIONED'";
constexpr string_view view_kinds = "'VIEW'";
constexpr string_view sequence_kinds = "'SEQUENCE'";
constexpr std::size_t chunk = 500;  // names in one query

name_list first_column(const std::vector<catalogue_row>& rows) {
    name_list all;
    for (const auto& r : rows) all.push_back(r.front().value_or(""));
    return all;
}

bool has(const catalogue_place& place, const name_list& all, string_view name) {
    return std::ranges::any_of(all, [&](const auto& n) { return place.is_same(n, name); });
}

std::vector<bool> those_in(const catalogue_place& place, const name_list& found, const name_list& wanted) {
    std::vector<bool> have;
    for (const auto& name : wanted) have.push_back(has(place, found, name));
    return have;
}

/// The parts of a list that fit into one query.
std::vector<name_list> chunks_of(const name_list& all) {
    std::vector<name_list> chunks;
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (i % chunk == 0) chunks.emplace_back();
        chunks.back().push_back(all[i]);
    }
    return chunks;
}

/// Whether the server takes it for a table's name at all: else it would be an error to ask.
bool can_be_name(string_view name) {
    const auto is_start = [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; };
    const auto is_too_wide = [](char c) { return static_cast<unsigned char>(c) >= 0xf0; };  // beyond the basic plane
    return !name.empty() && name.back() != ' ' && std::ranges::count_if(name, is_start) <= 64 && std::ranges::none_of(name, is_too_wide) &&
           name.find('\0') == string_view::npos;
}

/// Each once: a statement may name a table only so often.
name_list possible_names(name_list names) {
    std::erase_if(names, [](const auto& name) { return !can_be_name(name); });
    std::ranges::sort(names);
    names.erase(std::unique(names.begin(), names.end()), names.end());
    return names;
}

/// Enumerations are known by their tables' and columns' names: "a_b" of "c" and "a" of "b_c" would be one.
type told_apart(const type& of, std::vector<enum_definition>& known) {
    if (of.kind != type_kind::enumeration || !of.rare || of.rare->name.empty()) return of;
    enum_definition found{{of.rare->schema, of.rare->name}, of.rare->labels, {}};
    while (std::ranges::find(known, found.name, &enum_definition::name) != known.end()) found.name.name += "_";
    known.push_back(found);
    return enum_type(found.name.name, found.labels, found.name.schema);
}

/// The named enumerations of the columns: elsewhere types of their own.
void add_enumerations(schema_definition& all) {
    for (auto& t : all.tables) {
        auto columns = t->node->columns;
        for (auto& c : columns) c.type = told_apart(c.type, all.enums);
        if (columns == t->node->columns) continue;
        auto made = std::make_shared<table_definition>(*t);
        made->node = make_node<const table_node>(t->node->name, t->node->schema, std::move(columns), t->node->keys);
        t = std::move(made);
    }
}

}  // namespace

catalogue_place catalogue_reader::place_of(string_view schema) {
    const auto rows = rows_of(on_, "SELECT DATABASE()");
    catalogue_place place;
    place.schema = schema;
    place.home = rows.at(0).at(0).value_or("");
    if (schema.empty()) place.database = place.home;
    else if (can_be_name(schema)) place.database = schema;
    if (place.home == schema) place.home.clear();
    place.is_mariadb = on_.server_profile().sql_server() != "MySQL";
    place.version = on_.server_profile().sql_version();
    place.folds_names = on_.server_profile().folds_table_names;
    return place;
}

name_list catalogue_reader::names_of(string_view schema, string_view kinds) {
    if (!schema.empty() && !can_be_name(schema)) return {};
    const std::array parameters{cell::text(schema)};
    return first_column(rows_of(on_,
                                fmt::format("SELECT TABLE_NAME FROM information_schema.TABLES WHERE TABLE_TYPE IN ({}) AND TABLE_SCHEMA = "
                                            "{} ORDER BY TABLE_NAME",
                                            kinds, schema.empty() ? "DATABASE()" : "?"),
                                std::span{parameters}.subspan(schema.empty() ? 1 : 0)));
}

/// Those of the names that are there. The catalogue compares by a collation that takes `e` and `é` for one, so that its answer is sifted.
name_list catalogue_reader::found_names(const catalogue_place& place, const name_list& wanted, string_view kinds) {
    name_list found;
    for (const auto& part : chunks_of(possible_names(wanted))) {
        std::vector<cell> parameters{cell::text(place.database)};
        for (const auto& name : part) parameters.push_back(cell::text(name));
        std::ranges::move(first_column(rows_of(on_,
                                               fmt::format("SELECT TABLE_NAME FROM information_schema.TABLES WHERE TABLE_TYPE IN ({}) AND "
                                                           "TABLE_SCHEMA = ? AND TABLE_NAME IN ({})",
                                                           kinds, question_marks(part.size())),
                                               parameters)),
                          std::back_inserter(found));
    }
    return found;
}

/// The catalogue does not know temporary tables. CHECKSUM TABLE does, and gives NULL, not an error, for what is no table.
name_list catalogue_reader::answering_tables(const catalogue_place& place, const name_list& wanted) {
    name_list found;
    for (const auto& part : chunks_of(possible_names(wanted))) {
        std::string sql;
        for (const auto& name : part) sql += (sql.empty() ? "CHECKSUM TABLE " : ", ") + quoted_name(place.database, name);
        try {
            const auto rows = rows_of(on_, sql);
            for (std::size_t i = 0; i < rows.size() && i < part.size(); ++i)
                if (rows[i].at(1)) found.push_back(part[i]);
        } catch (const error& e) {
            if (e.code() != errc::permission_denied) throw;  // one's own temporary tables need no rights
        }
    }
    return found;
}

std::vector<bool> catalogue_reader::have_tables(const name_list& wanted, string_view schema) {
    const catalogue_place place = place_of(schema);
    if (place.database.empty() || wanted.empty()) return std::vector<bool>(wanted.size());
    name_list found = found_names(place, wanted, table_kinds);
    name_list missing;
    for (const auto& name : wanted)
        if (!has(place, found, name)) missing.push_back(name);
    if (schema.empty() && !missing.empty()) {
        const name_list other = found_names(place, missing, sequence_kinds);
        std::erase_if(missing, [&](const auto& name) { return has(place, other, name); });
        std::ranges::move(answering_tables(place, missing), std::back_inserter(found));
    }
    return those_in(place, found, wanted);
}

bool catalogue_reader::has_table(string_view name, string_view schema) { return have_tables({std::string{name}}, schema).front(); }
name_list catalogue_reader::table_names(string_view schema) { return names_of(schema, table_kinds); }
name_list catalogue_reader::view_names(string_view schema) { return names_of(schema, view_kinds); }
name_list catalogue_reader::sequence_names(string_view schema) { return names_of(schema, sequence_kinds); }

std::vector<bool> catalogue_reader::have(const name_list& wanted, string_view schema, string_view kinds) {
    const catalogue_place place = place_of(schema);
    return those_in(place, found_names(place, wanted, kinds), wanted);
}
std::vector<bool> catalogue_reader::have_views(const name_list& wanted, string_view schema) { return have(wanted, schema, view_kinds); }
std::vector<bool> catalogue_reader::have_sequences(const name_list& wanted, string_view schema) {
    return have(wanted, schema, sequence_kinds);
}
/// A column says its labels itself.
std::vector<bool> catalogue_reader::have_enums(const name_list& wanted, string_view) { return std::vector<bool>(wanted.size()); }

name_list catalogue_reader::schema_names() {
    return first_column(rows_of(on_,
                                "SELECT SCHEMA_NAME FROM information_schema.SCHEMATA WHERE SCHEMA_NAME NOT IN ('information_schema', "
                                "'mysql', 'performance_schema', 'sys') ORDER BY SCHEMA_NAME"));
}

bool catalogue_reader::has_schema(string_view name) {
    if (!can_be_name(name)) return false;
    const std::array parameters{cell::text(name)};
    const catalogue_place place = place_of(name);
    return has(place, first_column(rows_of(on_, "SELECT SCHEMA_NAME FROM information_schema.SCHEMATA WHERE SCHEMA_NAME = ?", parameters)),
               name);
}

std::string catalogue_reader::default_schema() { return rows_of(on_, "SELECT DATABASE()").at(0).at(0).value_or(""); }

name_list catalogue_reader::temporary_table_names() {
    if (!on_.server_profile().can.schema.temporary_names)
        throw_error(errc::not_supported,
                    fmt::format("{} {} has no list of temporary tables: say their names in the request, or ask has_table for each",
                                on_.server_profile().server, on_.server_profile().server_version));
    return names_of({}, "'TEMPORARY'");
}

schema_definition catalogue_reader::read_temporary(const catalogue_place& place, name_list wanted) {
    schema_definition all;
    if (wanted.empty()) wanted = temporary_table_names();
    if (place.database.empty() || wanted.empty()) return all;
    for (const auto& name : answering_tables(place, wanted)) {
        const auto rows = rows_of(on_, "SHOW CREATE TABLE " + quoted_name(place.database, name));
        const auto found = read_show_create(name, rows.at(0).at(1).value_or(""), place);
        if (found && found->kind == "TEMPORARY") all.tables.push_back(model_of(*found, place, all.notes));
    }
    return all;
}

schema_definition catalogue_reader::read(const reflection_request& request) {
    const catalogue_place place = place_of(request.schema);
    if (request.temporary) return read_temporary(place, request.names);
    schema_definition all;
    if (place.database.empty()) return all;
    const name_list wanted = possible_names(request.names);
    const auto found = request.names.empty() || !wanted.empty() ? find_tables(on_, place, wanted) : std::vector<found_table>{};
    for (const auto& t : found)
        if (t.kind != "VIEW") all.tables.push_back(model_of(t, place, all.notes));
    if (request.views) all.views = views_of(on_, place, found, all.notes);
    if (request.sequences && on_.server_profile().can.sequences) all.sequences = sequences_of(on_, place);
    if (request.enums) add_enumerations(all);
    return all;
}

std::vector<next_number> catalogue_reader::next_numbers(const reflection_request& request) {
    if (on_.server_profile().sql_server() == "MySQL") return {};
    return mysql::next_numbers(on_, place_of(request.schema), request);
}

}  // namespace azoth::mysql
