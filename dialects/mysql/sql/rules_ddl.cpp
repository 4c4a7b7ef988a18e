// Tables, columns and constraints. Indexes are in rules_indexes.cpp, other objects in rules_objects.cpp.
#include "rules.hpp"

#include "sql_text.hpp"
#include "table_options.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace azoth::mysql {
namespace {

using k = type_kind;

void refuse_set_default(const foreign_key& key) {
    if (key.on_delete != referential_action::set_default && key.on_update != referential_action::set_default) return;
    throw_error(
        errc::not_supported,
        fmt::format("the foreign key \"{}\" says SET DEFAULT, of which InnoDB makes RESTRICT or an error: use SET NULL, or a trigger",
                    key.name));
}

/// A name without a schema means the connection's database everywhere but in REFERENCES, where it means the table's own.
void refuse_key_out_of_schema(const std::string& schema, const foreign_key& key) {
    if (schema.empty() || !key.referred_schema.empty()) return;
    throw_error(
        errc::not_supported,
        fmt::format("the foreign key \"{}\" refers to \"{}\" without a schema, from a table in \"{}\", where MySQL and MariaDB would "
                    "look for it: say its schema",
                    key.name, key.referred_table, schema));
}

void check_table(const compiler& out, const table_definition& t) {
    refuse_boundless(t, t.primary_key, "primary key");
    for (const auto& key : t.foreign_keys) {
        refuse_boundless(t, key.columns, "foreign key");
        refuse_key_out_of_schema(t.node->schema, key);
        if (!out.is_unchecked()) refuse_set_default(key);
        if (t.temporary) throw_error(errc::not_supported, fmt::format("the temporary table {} cannot have a foreign key", t.node->name));
    }
    if (server_is(out, 10'04'00, 0)) return;  // MariaDB keeps a hash of such columns
    for (const auto& u : t.uniques) refuse_boundless(t, u.columns, "unique key");
}

/// X'00ff': MariaDB's catalogue would tell the default as the characters that such bytes are, or are not.
bool is_bytes_literal(std::string_view sql) { return sql.starts_with("X'") && sql.find('\'', 2) == sql.size() - 1; }

/// A default may be any expression, in parentheses. CURRENT_TIMESTAMP has whole seconds unless it says how many digits.
void write_default_value(compiler& out, const node& expression, const type& of) {
    const std::size_t from = out.buffer().size();
    write_schema_expression(out, expression);
    const std::string sql = out.cut(from);
    const bool is_moment = of.kind == k::timestamp || of.kind == k::timestamp_tz;
    if (is_moment && !of.rare && (same_word(sql, "CURRENT_TIMESTAMP") || same_word(sql, "LOCALTIMESTAMP"))) out << "CURRENT_TIMESTAMP(6)";
    else if (is_bytes_literal(sql)) out << "(unhex(" << std::string_view{sql}.substr(1) << "))";
    else out << "(" << sql << ")";
}

/// A key that starts with the column: without one the server refuses AUTO_INCREMENT.
bool starts_a_key(const table_definition& of, const std::string& column) {
    const auto starts = [&](const std::vector<std::string>& columns) { return !columns.empty() && columns.front() == column; };
    return starts(of.primary_key) || std::ranges::any_of(of.uniques, [&](const auto& u) { return starts(u.columns); });
}

void write_identity(compiler& out, const table_definition& of, std::size_t column) {
    const std::string& name = of.node->columns[column].name;
    const auto& identity = of.details[column].identity;
    if (identity)
        out.require(out.can().schema.identity_columns || (!identity->always && identity->options == sequence_options{}),
                    fmt::format("an identity column with options (\"{}\")", name), "say identity(), or use a sequence as its default");
    if (starts_a_key(of, name)) out << " AUTO_INCREMENT";
    else if (identity)
        throw_error(errc::not_supported, fmt::format("the database numbers rows by the first column of a key only: make \"{}\" the primary "
                                                     "key, or unique",
                                                     name));
}

/// The check of a named enumeration: a type of the database's own elsewhere. An ENUM would be sorted by its labels' places. The servers
/// refuse checks of columns that a key changes, and what the key refers to has them.
void write_labels_check(compiler& out, const table_definition& of, const column_spec& spec) {
    const type& t = spec.type;
    if (is_changed_by_key(of, spec.name)) return;
    if (t.kind != k::enumeration || !t.rare || t.rare->name.empty() || t.rare->labels.empty()) return;
    out << " CHECK (";
    out.identifier(spec.name) << " IN (";
    for (std::size_t i = 0; i < t.rare->labels.size(); ++i) {
        if (i != 0) out << ", ";
        out.literal(cell::text(t.rare->labels[i]), k::text);
    }
    out << "))";
}

void write_column_end(compiler& out, const table_definition& of, std::size_t column) {
    const column_spec& spec = of.node->columns[column];
    const column_details& details = of.details[column];
    // MariaDB before 10.10 makes TIMESTAMP columns NOT NULL unless they say that they are not.
    const bool is_stamp = spec.type.native_name(out.server().dialect, out.rules().family).starts_with("TIMESTAMP");
    if (is_stamp && spec.nullable && !details.computed) out << " NULL";
    if (!details.comment.empty()) {
        out << " COMMENT ";
        out.literal(cell::text(details.comment), k::text);
    }
    write_labels_check(out, of, spec);
}

void write_add_constraint(compiler& out, const add_constraint_node& n) {
    if (const auto* key = std::get_if<foreign_key>(&n.constraint)) {
        if (!out.is_unchecked()) refuse_set_default(*key);
        refuse_key_out_of_schema(n.table.schema, *key);
    }
    ansi_rules().find(add_constraint_node::static_kind)(out, n);
}

void write_drop_constraint(compiler& out, const drop_constraint_node& n) {
    out.set_kind(statement_kind::ddl, false);
    out << "ALTER TABLE ";
    out.qualified(n.table.schema, n.table.name);
    switch (n.constraint) {
        case constraint_kind::foreign_key: out << " DROP FOREIGN KEY "; break;
        case constraint_kind::unique: out << " DROP INDEX "; break;
        case constraint_kind::check: out << (server_is(out, 1, 0) ? " DROP CONSTRAINT " : " DROP CHECK "); break;
        case constraint_kind::primary_key: out << " DROP PRIMARY KEY"; return;
    }
    out.identifier(n.name);
}

/// InnoDB goes on behind the largest number where that is larger.
void write_restart(compiler& out, const restart_numbers_node& n) {
    out.set_kind(statement_kind::ddl, false);
    out << "ALTER TABLE ";
    out.qualified(n.table.schema, n.table.name) << fmt::format(" AUTO_INCREMENT = {}", n.next);
}

/// As MariaDB writes NEXT VALUE FOR down.
void write_next_value(compiler& out, const next_value_node& n) {
    out.require(out.can().sequences, "sequences", "let a key number the rows");
    out << "nextval(";
    out.qualified(n.schema, n.name);
    out << ")";
}

void write_create_table_as(compiler& out, const create_table_as_node& n) {
    out.set_kind(statement_kind::ddl, false);
    out.require(out.can().schema.tables_from_queries, "CREATE TABLE ... AS");
    out << "CREATE " << (n.temporary ? "TEMPORARY " : "") << "TABLE " << (n.if_not_exists ? "IF NOT EXISTS " : "");
    out.qualified(n.name.schema, n.name.name);
    write_house_options(out);
    out << " AS ";
    out.with_literals([&] { out << n.query; });
    out.set_kind(statement_kind::ddl, false);  // the query has said that it is one
}

/// The table without labels at a column. MySQL keeps checks beside the columns, and would get the one of labels twice.
table_definition without_labels(const table_definition& of, std::size_t column) {
    table_definition changed = of;
    auto specs = of.node->columns;
    if (type& t = specs[column].type; t.kind == k::enumeration && t.rare) {
        type::rare_parts rare = *t.rare;
        rare.name.clear();
        t.rare = std::make_shared<const type::rare_parts>(std::move(rare));
    }
    changed.node = make_node<const table_node>(of.node->name, of.node->schema, std::move(specs), of.node->keys);
    return changed;
}

/// A column is declared anew, with the check that is a part of its definition (MariaDB), which would be gone otherwise.
void write_column_anew(compiler& out, const table_definition& of, const std::string& column) {
    const bool is_mariadb = server_is(out, 1, 0);
    const std::size_t at = column_index(of, column);
    out << " MODIFY COLUMN ";
    write_column_definition(out, is_mariadb ? of : without_labels(of, at), at);
    const auto check = std::ranges::find(of.checks, column, &check_constraint::column);
    if (check == of.checks.end()) return;
    out << " CHECK (";
    write_schema_expression(out, *check->condition);
    out << ")";
}

void write_alter_column(compiler& out, const alter_column_node& n) {
    out.set_kind(statement_kind::ddl, false);
    if (n.conversion)
        out.require(out.can().schema.converted_columns, "ALTER COLUMN ... TYPE ... USING", "update the values before or afterwards");
    out << "ALTER TABLE " << n.table->node;
    write_column_anew(out, *n.table, n.column);
}

void write_comment_on(compiler& out, const comment_on_node& n) {
    out.set_kind(statement_kind::ddl, false);
    out.require(out.can().comments && n.object == object_kind::table, "comments of anything but tables and their columns");
    out << "ALTER TABLE ";
    out.qualified(n.name.schema, n.name.name);
    if (!n.column.empty()) {
        table_definition changed = *n.table;
        changed.details[column_index(changed, n.column)].comment = n.comment;
        return write_column_anew(out, changed, n.column);
    }
    out << " COMMENT = ";
    out.literal(cell::text(n.comment), k::text);
}

}  // namespace

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

void set_ddl_rules(rule_table& to) {
    to.ddl.default_value = &write_default_value;
    to.ddl.identity = &write_identity;
    to.ddl.column_end = &write_column_end;
    to.ddl.table_end = &write_table_options;
    to.ddl.check_table = &check_table;
    to.ddl.inline_comments = to.ddl.redeclares_columns = true;
    to.ddl.script_start = "SET SESSION sql_mode = concat(@@sql_mode, ',NO_BACKSLASH_ESCAPES,NO_AUTO_VALUE_ON_ZERO')";
    to.ddl.computed_not_null = false;  // MariaDB does not take it
    to.set<add_constraint_node, &write_add_constraint>();
    to.set<drop_constraint_node, &write_drop_constraint>();
    to.set<create_table_as_node, &write_create_table_as>();
    to.set<comment_on_node, &write_comment_on>();
    to.set<alter_column_node, &write_alter_column>();
    to.set<restart_numbers_node, &write_restart>();
    to.set<next_value_node, &write_next_value>();
}

}  // namespace azoth::mysql
