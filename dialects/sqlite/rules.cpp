#include "rules.hpp"

#include "sql_text.hpp"

#include <fmt/format.h>

#include <cmath>

namespace azoth::sqlite {
namespace {

std::string as_text(const cell& value) {
    arena scratch;
    return std::string{convert(value, cell_tag::text, scratch).chars_view()};
}

/// A value as SQLite stores it: it has no literals for dates and the like.
void write_literal(compiler& out, const cell& value, const type& of) {
    if (!value.is_null() && is_kept_as_text(of)) return write_quoted_text(out, as_text(value));
    switch (value.tag) {
        case cell_tag::i64: out << fmt::format("{}", value.i64); return;
        case cell_tag::f64:
            // What is too large for a double is read as an infinity.
            if (std::isinf(value.f64)) out << (value.f64 < 0 ? "-9e999" : "9e999");
            else write_ansi_literal(out, value, of);
            return;
        case cell_tag::date:
        case cell_tag::time:
        case cell_tag::timestamp:
        case cell_tag::instant:
        case cell_tag::uuid: write_quoted_text(out, as_text(value)); return;
        case cell_tag::interval: {
            arena scratch;
            out << fmt::format("{}", convert(value, cell_tag::i64, scratch).i64);
            return;
        }
        default: write_ansi_literal(out, value, of);
    }
}

/// A key that SQLite generates has to be of the type INTEGER, by that very name: only then it is the table's rowid.
column_spec as_declared(const column_spec& spec, std::size_t keys) {
    column_spec declared = spec;
    if (spec.primary_key && keys == 1 && spec.generated && is_integer(spec.type.kind)) declared.type = type_kind::integer;
    return declared;
}

/// A default is any expression elsewhere; SQLite wants parentheses around all but the simplest. Its CURRENT_TIMESTAMP has whole seconds and
/// says no zone: an instant gets the form that Azoth writes, so that text sorts as time does.
std::string as_default(const std::string& sql, const type& of) {
    if (sql.empty()) return sql;
    if (of.kind == type_kind::timestamp_tz && sql.size() == 17 && same_word(sql, "CURRENT_TIMESTAMP"))
        return "(strftime('%Y-%m-%d %H:%M:%f000Z', 'now'))";
    return "(" + sql + ")";
}

void write_create_table(compiler& out, const create_table_node& n) {
    auto declared = std::make_shared<table_definition>(*n.table);
    const table_node& table = *n.table->node;
    std::vector<column_spec> specs;
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
        specs.push_back(as_declared(table.columns[i], n.table->primary_key.size()));
        declared->defaults[i] = as_default(declared->defaults[i], table.columns[i].type);
    }
    declared->node = make_node<const table_node>(table.name, table.schema, std::move(specs));
    create_table_node changed{std::move(declared)};
    changed.if_not_exists = n.if_not_exists;
    changed.without_foreign_keys = n.without_foreign_keys;
    ansi_rules().find(create_table_node::static_kind)(out, changed);
}

/// An index stands in its table's schema and says so itself; ON takes a bare name.
void write_create_index(compiler& out, const create_index_node& n) {
    const index_definition& index = n.table->indexes[n.index];
    const table_node& table = *n.table->node;
    out.set_kind(statement_kind::ddl, false);
    out << (index.unique ? "CREATE UNIQUE INDEX " : "CREATE INDEX ");
    out.qualified(table.schema, index.name) << " ON ";
    out.identifier(table.name) << " (";
    bool first = true;
    for (const auto& column : index.columns) {
        if (!first) out << ", ";
        first = false;
        out.identifier(column);
    }
    out << ")";
}

rule_table make_rules() {
    rule_table r = ansi_rules();
    r.literal = write_literal;
    r.lone_offset_limit = "-1";
    r.groups_set_operations = false;
    r.identifiers.max_length = 1'000'000;  // SQLite has no limit of its own
    r.rename_function("char_length", "length");
    r.rename_function("character_length", "length");
    r.rename_function("substring", "substr");
    r.rename_function("greatest", "max");
    r.rename_function("least", "min");
    r.joined = joined_style::exists;
    r.wraps_upserted_queries = true;  // ON would belong to a join of the query
    r.set<create_table_node, &write_create_table>();
    r.set<create_index_node, &write_create_index>();
    r.explain = [](const profile&, const explain_options&) { return std::string{"EXPLAIN QUERY PLAN "}; };
    set_type_rules(r);
    set_decimal_rules(r);
    set_moment_rules(r);
    set_aggregate_rules(r);
    set_operator_rules(r);
    set_table_rules(r);
    set_compound_rules(r);
    set_document_rules(r);
    return r;
}

}  // namespace

const rule_table& rules() {
    static const rule_table made = make_rules();
    return made;
}

}  // namespace azoth::sqlite
