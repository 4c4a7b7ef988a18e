// Tables, indexes and constraints.
#include "rules.hpp"

#include "sql_text.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace azoth::mysql {
namespace {

using k = type_kind;

constexpr int index_prefix = 255;  // characters of a text without a length that go into an index

/// What InnoDB keeps beside the row, and so cannot index as a whole.
bool is_boundless(const type& t) {
    if (t.kind == k::string || t.kind == k::binary) return t.length == 0;
    return t.kind == k::text || t.kind == k::json || t.kind == k::array;
}

const column_spec* find_spec(const table_definition& t, std::string_view name) {
    const auto& columns = t.node->columns;
    const auto at = std::ranges::find(columns, name, &column_spec::name);
    return at == columns.end() ? nullptr : &*at;
}

void refuse_boundless(const table_definition& t, const std::vector<std::string>& columns, std::string_view what) {
    for (const auto& name : columns)
        if (const column_spec* spec = find_spec(t, name); spec && is_boundless(spec->type))
            throw_error(
                errc::statement,
                fmt::format("the column \"{}\" of {} has no length, and MySQL and MariaDB cannot make a {} of it: give it one, as in "
                            "string(190); up to 768 characters fit into a key",
                            name, t.node->name, what));
}

void check_keys(const compiler& out, const table_definition& t) {
    refuse_boundless(t, t.primary_key, "primary key");
    for (const auto& key : t.foreign_keys) refuse_boundless(t, key.columns, "foreign key");
    if (server_is(out, 10'04'00, 0)) return;  // MariaDB keeps a hash of such columns
    for (const auto& u : t.uniques) refuse_boundless(t, u.columns, "unique key");
}

/// A default may be any expression, in parentheses. CURRENT_TIMESTAMP has whole seconds unless it says how many digits.
std::string as_default(const std::string& sql, const type& of) {
    if (sql.empty()) return sql;
    const bool is_moment = of.kind == k::timestamp || of.kind == k::timestamp_tz;
    if (is_moment && (same_word(sql, "CURRENT_TIMESTAMP") || same_word(sql, "LOCALTIMESTAMP"))) return "CURRENT_TIMESTAMP(6)";
    return "(" + sql + ")";
}

column_spec as_declared(const column_spec& spec, std::size_t keys) {
    column_spec declared = spec;
    if (!spec.primary_key || keys != 1 || !spec.generated || !is_integer(spec.type.kind)) return declared;
    auto rare = std::make_shared<type::rare_parts>();
    rare->name = " AUTO_INCREMENT";
    declared.type.rare = std::move(rare);
    return declared;
}

void write_create_table(compiler& out, const create_table_node& n) {
    check_keys(out, *n.table);
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
    // Text compares as on other databases: by its characters, cases and blanks at the end included.
    out << " ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE " << (server_is(out, 1, 0) ? "utf8mb4_nopad_bin" : "utf8mb4_0900_bin");
}

/// Of a text without a length the start goes into an index; a unique one would then refuse texts that differ.
void write_create_index(compiler& out, const create_index_node& n) {
    const index_definition& index = n.table->indexes[n.index];
    if (index.unique) refuse_boundless(*n.table, index.columns, "unique index");
    out.set_kind(statement_kind::ddl, false);
    out << (index.unique ? "CREATE UNIQUE INDEX " : "CREATE INDEX ");
    out.identifier(index.name) << " ON " << n.table->node << " (";
    bool first = true;
    for (const auto& column : index.columns) {
        if (!first) out << ", ";
        first = false;
        out.identifier(column);
        const column_spec* spec = find_spec(*n.table, column);
        if (spec && is_boundless(spec->type)) out << fmt::format("({})", index_prefix);
    }
    out << ")";
}

void write_drop_constraint(compiler& out, const drop_constraint_node& n) {
    out.set_kind(statement_kind::ddl, false);
    out << "ALTER TABLE " << n.table->node << " DROP FOREIGN KEY ";
    out.identifier(n.table->foreign_keys[n.key].name);
}

}  // namespace

void set_ddl_rules(rule_table& to) {
    to.set<create_table_node, &write_create_table>();
    to.set<create_index_node, &write_create_index>();
    to.set<drop_constraint_node, &write_drop_constraint>();
}

}  // namespace azoth::mysql
