#include <azoth/schema/ddl.hpp>
#include <azoth/sql/compiler.hpp>

#include <array>

namespace azoth {
namespace {

void write_names(compiler& out, const std::vector<std::string>& names) {
    out << "(";
    bool first = true;
    for (const auto& name : names) {
        if (!first) out << ", ";
        first = false;
        out.identifier(name);
    }
    out << ")";
}

void write_constraint_name(compiler& out, const std::string& name) {
    if (name.empty()) return;
    out << "CONSTRAINT ";
    out.identifier(name) << " ";
}

void write_column(compiler& out, const column_spec& spec, const std::string& server_default) {
    out << "\n    ";
    out.identifier(spec.name) << " ";
    out.type_name(spec.type);
    if (!server_default.empty()) out << " DEFAULT " << server_default;
    if (!spec.nullable) out << " NOT NULL";
}

void write_checks(compiler& out, const table_definition& t) {
    for (const auto& check : t.checks) {
        out << ",\n    ";
        write_constraint_name(out, check.name);
        out << "CHECK (" << check.condition << ")";
    }
}

void write_create_table(compiler& out, const create_table_node& n) {
    const table_definition& t = *n.table;
    out.set_kind(statement_kind::ddl, false);
    out.set_qualifies(false);
    out << "CREATE TABLE " << (n.if_not_exists ? "IF NOT EXISTS " : "") << t.node << " (";
    const auto& columns = t.node->columns;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        if (i != 0) out << ",";
        write_column(out, columns[i], t.defaults[i]);
    }
    if (!t.primary_key.empty()) {
        out << ",\n    ";
        write_constraint_name(out, t.primary_key_name);
        out << "PRIMARY KEY ";
        write_names(out, t.primary_key);
    }
    for (const auto& u : t.uniques) {
        out << ",\n    ";
        write_constraint_name(out, u.name);
        out << "UNIQUE ";
        write_names(out, u.columns);
    }
    if (!n.without_foreign_keys) {
        for (const auto& key : t.foreign_keys) {
            out << ",\n    ";
            write_foreign_key(out, key);
        }
    }
    write_checks(out, t);
    out << "\n)";
}

void write_drop_table(compiler& out, const drop_table_node& n) {
    out.set_kind(statement_kind::ddl, false);
    out << "DROP TABLE " << (n.if_exists ? "IF EXISTS " : "") << n.table->node;
}

void write_create_index(compiler& out, const create_index_node& n) {
    const index_definition& index = n.table->indexes[n.index];
    out.set_kind(statement_kind::ddl, false);
    out << (index.unique ? "CREATE UNIQUE INDEX " : "CREATE INDEX ");
    out.identifier(index.name) << " ON " << n.table->node << " ";
    write_names(out, index.columns);
}

void write_add_constraint(compiler& out, const add_constraint_node& n) {
    out.set_kind(statement_kind::ddl, false);
    out.require(out.can().alter_add_constraint, "ALTER TABLE ... ADD CONSTRAINT");
    out << "ALTER TABLE " << n.table->node << " ADD ";
    write_foreign_key(out, n.table->foreign_keys[n.key]);
}

void write_drop_constraint(compiler& out, const drop_constraint_node& n) {
    out.set_kind(statement_kind::ddl, false);
    out.require(out.can().alter_add_constraint, "ALTER TABLE ... DROP CONSTRAINT");
    out << "ALTER TABLE " << n.table->node << " DROP CONSTRAINT ";
    out.identifier(n.table->foreign_keys[n.key].name);
}

}  // namespace

void write_foreign_key(compiler& out, const foreign_key& key) {
    static constexpr std::array<std::string_view, 5> actions{"", "RESTRICT", "CASCADE", "SET NULL", "SET DEFAULT"};
    write_constraint_name(out, key.name);
    out << "FOREIGN KEY ";
    write_names(out, key.columns);
    out << " REFERENCES ";
    out.qualified(key.referred_schema, key.referred_table) << " ";
    write_names(out, key.referred_columns);
    if (key.on_delete != referential_action::no_action) out << " ON DELETE " << actions[static_cast<std::size_t>(key.on_delete)];
    if (key.on_update != referential_action::no_action) out << " ON UPDATE " << actions[static_cast<std::size_t>(key.on_update)];
}

const rule_table& ansi_rules() {
    static const rule_table rules = [] {
        rule_table r = ansi_sql_rules();
        r.set<create_table_node, &write_create_table>();
        r.set<drop_table_node, &write_drop_table>();
        r.set<create_index_node, &write_create_index>();
        r.set<add_constraint_node, &write_add_constraint>();
        r.set<drop_constraint_node, &write_drop_constraint>();
        return r;
    }();
    return rules;
}

}  // namespace azoth
