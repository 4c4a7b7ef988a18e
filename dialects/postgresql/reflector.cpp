#include "reflector.hpp"

#include "next_numbers.hpp"
#include "schema_reader.hpp"

#include <fmt/format.h>

#include <array>

namespace azoth::postgresql {
namespace {

// Letters of pg_class.relkind. Tables, partitioned and foreign ones among them.
constexpr std::string_view table_kinds = "'r', 'p', 'f'";
constexpr std::string_view view_kinds = "'v', 'm'";
constexpr std::string_view sequence_kind = "'S'";

// What has a name: the name, its schema, and whether the name alone finds it. What is temporary is found by its bare name too.
constexpr std::string_view enumerations =
    "SELECT CAST(t.typname AS TEXT), CAST(n.nspname AS TEXT), pg_catalog.pg_type_is_visible(t.oid) FROM pg_catalog.pg_type t "
    "JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace WHERE t.typtype = 'e'";
std::string relations(std::string_view kinds) {
    return fmt::format(
        "SELECT CAST(c.relname AS TEXT), CAST(n.nspname AS TEXT), pg_catalog.pg_table_is_visible(c.oid) FROM pg_catalog.pg_class c "
        "JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind IN ({})",
        kinds);
}

constexpr std::string_view probe = "azoth_view";

cell name_or_null(std::string_view name) { return name.empty() ? cell{} : cell::text(name); }

}  // namespace

std::vector<bool> catalogue_reader::have(std::string_view among, const std::vector<std::string>& names, std::string_view schema) {
    const std::string sql = fmt::format(
        "SELECT EXISTS (SELECT FROM ({}) o (name, schema, is_visible) WHERE o.name = w.name AND CASE WHEN CAST($2 AS TEXT) IS NULL "
        "THEN o.is_visible AND o.schema <> 'pg_catalog' ELSE o.schema = $2 END) "
        "FROM pg_catalog.unnest(CAST($1 AS TEXT[])) WITH ORDINALITY w (name, place) ORDER BY w.place",
        among);
    const array_parameter asked{names};
    std::vector<bool> found;
    each_row(on_, sql, std::array{asked.get(), name_or_null(schema)}, [&](catalogue_row& row) { found.push_back(row.flag()); });
    return found;
}

std::vector<std::string> catalogue_reader::names(std::string_view sql, std::span<const cell> parameters) {
    std::vector<std::string> found;
    each_row(on_, sql, parameters, [&](catalogue_row& row) { found.push_back(row.text()); });
    return found;
}

/// In the order of the characters' numbers, whatever the database's own collation is.
std::vector<std::string> catalogue_reader::names_of(std::string_view kinds, std::string_view schema, std::string_view condition) {
    return names(fmt::format("SELECT CAST(c.relname AS TEXT) FROM pg_catalog.pg_class c "
                             "JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind IN ({}) "
                             "AND CAST(n.nspname AS TEXT) = COALESCE(CAST($1 AS TEXT), pg_catalog.current_schema()){} "
                             "ORDER BY c.relname COLLATE \"C\"",
                             kinds, condition),
                 std::array{name_or_null(schema)});
}

bool catalogue_reader::has_table(std::string_view name, std::string_view schema) {
    return have(relations(table_kinds), {std::string{name}}, schema).front();
}
std::vector<bool> catalogue_reader::have_tables(const std::vector<std::string>& names, std::string_view schema) {
    return have(relations(table_kinds), names, schema);
}
std::vector<bool> catalogue_reader::have_views(const std::vector<std::string>& names, std::string_view schema) {
    return have(relations(view_kinds), names, schema);
}
std::vector<bool> catalogue_reader::have_sequences(const std::vector<std::string>& names, std::string_view schema) {
    return have(relations(sequence_kind), names, schema);
}
std::vector<bool> catalogue_reader::have_enums(const std::vector<std::string>& names, std::string_view schema) {
    return have(enumerations, names, schema);
}

std::vector<std::string> catalogue_reader::table_names(std::string_view schema) { return names_of(table_kinds, schema); }
std::vector<std::string> catalogue_reader::view_names(std::string_view schema) { return names_of(view_kinds, schema); }
std::vector<std::string> catalogue_reader::sequence_names(std::string_view schema) {
    return names_of(
        sequence_kind, schema,
        fmt::format(" AND NOT EXISTS (SELECT FROM pg_catalog.pg_sequence q WHERE q.seqrelid = c.oid AND {})", numbers_a_column()));
}

std::vector<std::string> catalogue_reader::temporary_table_names() {
    return names(
        "SELECT CAST(c.relname AS TEXT) FROM pg_catalog.pg_class c WHERE c.relkind IN ('r', 'p') "
        "AND c.relnamespace = pg_catalog.pg_my_temp_schema() ORDER BY c.relname COLLATE \"C\"",
        {});
}

/// PostgreSQL keeps all names that begin with pg_ for itself.
std::vector<std::string> catalogue_reader::schema_names() {
    return names(
        "SELECT CAST(n.nspname AS TEXT) FROM pg_catalog.pg_namespace n WHERE n.nspname !~ '^pg_' "
        "AND n.nspname <> 'information_schema' ORDER BY n.nspname COLLATE \"C\"",
        {});
}

bool catalogue_reader::has_schema(std::string_view name) {
    return !names("SELECT CAST(n.nspname AS TEXT) FROM pg_catalog.pg_namespace n WHERE CAST(n.nspname AS TEXT) = $1",
                  std::array{cell::text(name)})
                .empty();
}

std::string catalogue_reader::default_schema() { return names("SELECT CAST(pg_catalog.current_schema() AS TEXT)", {}).front(); }

std::vector<std::string> catalogue_reader::written_queries(const std::vector<view_definition>& views) {
    std::vector<std::string> written;
    for (const auto& v : views) written.push_back(node_cast<native_sql_node>(v.query) ? std::string{} : written_query(v));
    return written;
}

/// Of a temporary view, which is gone again behind the savepoint.
std::string catalogue_reader::written_query(const view_definition& of) {
    create_view_node asked{view_definition{.name = {{}, std::string{probe}}, .query = of.query}};
    asked.temporary = true;
    std::string written;
    on_.run("SAVEPOINT azoth_view", {}, nullptr);
    try {
        on_.run(asked, nullptr);
        each_row(on_, "SELECT pg_catalog.pg_get_viewdef(CAST($1 AS pg_catalog.regclass))",
                 std::array{cell::text(fmt::format("pg_temp.{}", probe))}, [&](catalogue_row& row) { written = bare_query(row.text()); });
    } catch (const error&) {  // the tables are not there, or have other columns: there is nothing to write down
    }
    on_.run("ROLLBACK TO SAVEPOINT azoth_view", {}, nullptr);
    on_.run("RELEASE SAVEPOINT azoth_view", {}, nullptr);
    return written;
}

schema_definition catalogue_reader::read(const reflection_request& request) { return schema_reader{on_, request}.read(); }

std::vector<next_number> catalogue_reader::next_numbers(const reflection_request& request) {
    return postgresql::next_numbers(on_, request);
}

}  // namespace azoth::postgresql
