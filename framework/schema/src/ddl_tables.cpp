// CREATE TABLE, its columns and constraints, and what alters them.
#include "ddl_parts.hpp"

#include <azoth/base/error.hpp>
#include <azoth/schema/ddl_rules.hpp>
#include <azoth/sql/compiler.hpp>
#include <azoth/sql/nodes/native.hpp>
#include <azoth/sql/nodes/operation.hpp>
#include <azoth/sql/nodes/statement.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace azoth {
namespace {

constexpr std::string_view action_name(referential_action action) {
    constexpr std::array<std::string_view, 5> names{"NO ACTION", "RESTRICT", "CASCADE", "SET NULL", "SET DEFAULT"};
    return names[static_cast<std::size_t>(action)];
}

void write_constraint_name(compiler& out, const std::string& name) {
    if (name.empty()) return;
    out << "CONSTRAINT ";
    out.identifier(made_name(out, name)) << " ";
}

void write_timing(compiler& out, constraint_timing timing, bool claimed, std::string_view what) {
    if (timing == constraint_timing::immediate) return;
    out.require(claimed, fmt::format("a deferrable {}", what), "leave the timing out");
    out << (timing == constraint_timing::deferrable ? " DEFERRABLE" : " DEFERRABLE INITIALLY DEFERRED");
}

void write(compiler& out, const foreign_key& key) {
    write_constraint_name(out, key.name);
    out << "FOREIGN KEY ";
    write_names(out, key.columns);
    out << " REFERENCES ";
    out.qualified(key.referred_schema, key.referred_table) << " ";
    write_names(out, key.referred_columns);
    if (key.match == key_match::full) {
        out.require(out.can().schema.full_match, "MATCH FULL", "add a check that all columns are NULL, or none");
        out << " MATCH FULL";
    }
    if (key.on_delete != referential_action::no_action) out << " ON DELETE " << action_name(key.on_delete);
    if (key.on_update != referential_action::no_action) out << " ON UPDATE " << action_name(key.on_update);
    write_timing(out, key.timing, out.can().schema.deferrable_keys, "foreign key");
}

void write(compiler& out, const primary_key_constraint& key) {
    write_constraint_name(out, key.name);
    out << "PRIMARY KEY ";
    write_names(out, key.columns);
}

void write(compiler& out, const unique_constraint& unique) {
    write_constraint_name(out, unique.name);
    out << "UNIQUE ";
    if (unique.nulls_not_distinct) {
        out.require(out.can().schema.nulls_not_distinct, "UNIQUE NULLS NOT DISTINCT", "declare the columns not_null");
        out << "NULLS NOT DISTINCT ";
    }
    write_names(out, unique.columns);
    write_timing(out, unique.timing, out.can().schema.deferrable_uniques, "unique constraint");
}

void write(compiler& out, const check_constraint& check) {
    write_constraint_name(out, check.name);
    out << "CHECK (";
    write_schema_expression(out, *check.condition);
    out << ")";
}

void write_computed(compiler& out, const computed_column& computed) {
    const auto& can = out.can().schema;
    if (computed.stored) out.require(can.stored_columns, "a stored computed column", "make it a virtual one, or a view");
    else out.require(can.virtual_columns, "a virtual computed column", "store it, or make a view");
    out << " GENERATED ALWAYS AS (";
    write_schema_expression(out, *computed.expression);
    out << ")" << (computed.stored ? std::string_view{" STORED"} : out.rules().ddl.words.virtual_column);
}

void write_constraints(compiler& out, const create_table_node& n) {
    const table_definition& t = *n.table;
    const auto next = [&](const auto& constraint) {
        out << ",\n    ";
        write(out, constraint);
    };
    if (!t.primary_key.empty()) next(primary_key_constraint{t.primary_key_name, t.primary_key});
    for (const auto& unique : t.uniques) next(unique);
    if (!n.without_foreign_keys)
        for (const auto& key : t.foreign_keys) next(key);
    for (const auto& check : t.checks) next(check);
}

void write_create_table(compiler& out, const create_table_node& n, std::string_view guard) {
    const table_definition& t = *n.table;
    const auto& own = out.rules().ddl;
    out.set_kind(statement_kind::ddl, false);
    if (t.temporary) out.require(out.can().schema.temporary_tables, "temporary tables");
    if (own.check_table) own.check_table(out, t);
    out << "CREATE " << (t.temporary ? "TEMPORARY " : "") << "TABLE " << guard << t.node << " (";
    for (std::size_t i = 0; i < t.node->columns.size(); ++i) {
        out << (i == 0 ? "\n    " : ",\n    ");
        write_column_definition(out, t, i);
    }
    write_constraints(out, n);
    out << "\n)";
    if (own.table_end) own.table_end(out, t);
}

void write_create_table(compiler& out, const create_table_node& n) {
    detail::write_guarded(out, "TABLE", n.table->node->name, n.if_not_exists ? "IF NOT EXISTS " : "",
                          [&](std::string_view guard) { write_create_table(out, n, guard); });
}

void write_create_table_as(compiler& out, const create_table_as_node& n) {
    out.set_kind(statement_kind::ddl, false);
    out.require(out.can().schema.tables_from_queries, "CREATE TABLE ... AS", "create the table, then insert from the query");
    out << "CREATE " << (n.temporary ? "TEMPORARY " : "") << "TABLE " << (n.if_not_exists ? "IF NOT EXISTS " : "");
    out.qualified(n.name.schema, n.name.name) << " AS ";
    detail::write_defining_query(out, *n.query);
}

void write_add_constraint(compiler& out, const add_constraint_node& n) {
    out.set_kind(statement_kind::ddl, false);
    out.require(out.can().alter_add_constraint, "ALTER TABLE ... ADD CONSTRAINT");
    out << "ALTER TABLE ";
    out.qualified(n.table.schema, n.table.name) << " ADD ";
    write_constraint(out, n.constraint);
}

void write_drop_constraint(compiler& out, const drop_constraint_node& n) {
    out.set_kind(statement_kind::ddl, false);
    out.require(out.can().alter_add_constraint, "ALTER TABLE ... DROP CONSTRAINT");
    out << "ALTER TABLE ";
    out.qualified(n.table.schema, n.table.name) << " DROP CONSTRAINT ";
    out.identifier(made_name(out, n.name));
}

void write_restart(compiler& out, const restart_numbers_node& n) {
    out.set_kind(statement_kind::ddl, false);
    out.require(out.can().schema.restarted_numbers, "a numbered key that goes on elsewhere");
    out << "ALTER TABLE ";
    out.qualified(n.table.schema, n.table.name) << " ALTER COLUMN ";
    out.identifier(n.column) << fmt::format(" RESTART WITH {}", n.next);
}

}  // namespace

void write_names(compiler& out, std::span<const std::string> names) {
    std::string_view separator = "(";
    for (const auto& name : names) {
        out << separator;
        out.identifier(name);
        separator = ", ";
    }
    out << ")";
}

void write_constraint(compiler& out, const table_constraint& constraint) {
    std::visit([&](const auto& c) { write(out, c); }, constraint);
}

void write_schema_expression(compiler& out, const node& expression) {
    const bool before = out.qualifies();
    out.set_qualifies(false);
    out.with_literals([&] { out << expression; });
    out.set_qualifies(before);
}

void write_default(compiler& out, const node& expression) {
    const std::size_t from = out.buffer().size();
    write_schema_expression(out, expression);
    const std::string sql = out.cut(from);
    const bool is_plain = node_cast<literal_node>(&expression) || node_cast<bind_node>(&expression) || node_cast<text_node>(&expression) ||
                          node_cast<native_sql_node>(&expression);
    if (is_plain) out << sql;
    else out << "(" << sql << ")";
}

bool is_numbered(const table_definition& of, std::size_t column) {
    const column_details& details = of.details[column];
    if (details.identity) return true;
    const column_spec& spec = of.node->columns[column];
    return spec.generated && is_integer(spec.type.kind) && !details.server_default && !details.computed;
}

void write_column_type(compiler& out, const table_definition& of, std::size_t column) {
    if (const auto own = out.rules().ddl.column_type) return own(out, of, column);
    out.type_name(of.node->columns[column].type);
}

bool is_changed_by_key(const table_definition& of, std::string_view column) {
    using enum referential_action;
    return std::ranges::any_of(of.foreign_keys, [&](const foreign_key& k) {
        const bool changes =
            (k.on_update != no_action && k.on_update != restrict_) || k.on_delete == set_null || k.on_delete == set_default;
        return changes && std::ranges::find(k.columns, column) != k.columns.end();
    });
}

std::string made_name(const compiler& out, std::string_view name) {
    const identifier_rules& rules = out.rules().identifiers;
    if (name.size() > longest_name) return std::string{name};  // no convention makes one so long: it is refused, not shortened
    const auto starts_character = [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; };
    const auto characters = static_cast<std::size_t>(std::ranges::count_if(name, starts_character));
    if ((rules.length_in_bytes ? name.size() : characters) <= rules.max_length) return std::string{name};
    return short_name(std::string{name}, rules.max_length);
}

namespace {

/// A value, a word such as CURRENT_DATE, or what the program or the database itself has said.
bool is_plain_default(const node& expression) {
    if (const auto* coerced = node_cast<coerced_node>(&expression)) return is_plain_default(*coerced->operand);
    if (const auto* word = node_cast<operation_node>(&expression)) return word->arguments.empty();
    return node_cast<literal_node>(&expression) || node_cast<bind_node>(&expression) || node_cast<text_node>(&expression) ||
           node_cast<native_sql_node>(&expression);
}

}  // namespace

void write_column_default(compiler& out, const table_definition& of, std::size_t column) {
    const node& expression = *of.details[column].server_default;
    out.require(out.can().schema.expression_defaults || is_plain_default(expression), "a default that is computed",
                "compute it in the program, or in a trigger");
    if (const auto own = out.rules().ddl.default_value) own(out, expression, of.node->columns[column].type);
    else write_default(out, expression);
}

void write_column_definition(compiler& out, const table_definition& of, std::size_t column) {
    const column_spec& spec = of.node->columns[column];
    const column_details& details = of.details[column];
    const auto& own = out.rules().ddl;
    out.identifier(spec.name) << " ";
    write_column_type(out, of, column);
    if (!details.collation.empty()) {
        out.require(out.can().schema.column_collations, "a collation of a column");
        out << " COLLATE ";
        out.identifier(details.collation);
    }
    if (details.computed) write_computed(out, *details.computed);
    if (is_numbered(of, column) && own.identity) own.identity(out, of, column);
    if (details.server_default) {
        out << " DEFAULT ";
        write_column_default(out, of, column);
    }
    if (!spec.nullable && (own.computed_not_null || !details.computed)) out << " NOT NULL";
    if (own.column_end) own.column_end(out, of, column);
}

void detail::set_ddl_table_rules(rule_table& to) {
    to.set<create_table_node, &write_create_table>();
    to.set<create_table_as_node, &write_create_table_as>();
    to.set<add_constraint_node, &write_add_constraint>();
    to.set<drop_constraint_node, &write_drop_constraint>();
    to.set<restart_numbers_node, &write_restart>();
}

}  // namespace azoth
