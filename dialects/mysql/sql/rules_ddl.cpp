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

void check_table(const compiler& out, const table_definition& t) {
    refuse_boundless(t, t.primary_key, "primary key");
    for (const auto& key : t.foreign_keys) refuse_boundless(t, key.columns, "foreign key");
    if (server_is(out, 10'04'00, 0)) return;  // MariaDB keeps a hash of such columns
    for (const auto& u : t.uniques) refuse_boundless(t, u.columns, "unique key");
}

/// A default may be any expression, in parentheses. CURRENT_TIMESTAMP has whole seconds unless it says how many digits.
void write_default_value(compiler& out, const node& expression, const type& of) {
    const std::size_t from = out.buffer().size();
    write_schema_expression(out, expression);
    const std::string sql = out.cut(from);
    const bool is_moment = of.kind == k::timestamp || of.kind == k::timestamp_tz;
    if (is_moment && (same_word(sql, "CURRENT_TIMESTAMP") || same_word(sql, "LOCALTIMESTAMP"))) out << "CURRENT_TIMESTAMP(6)";
    else out << "(" << sql << ")";
}

void write_identity(compiler& out, const table_definition& of, std::size_t column) {
    if (of.node->columns[column].primary_key && of.primary_key.size() == 1) out << " AUTO_INCREMENT";
}

/// Text compares as on other databases: by its characters, cases and blanks at the end included.
void write_table_end(compiler& out, const table_definition&) {
    out << " ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE " << (server_is(out, 1, 0) ? "utf8mb4_nopad_bin" : "utf8mb4_0900_bin");
}

/// Of a text without a length the start goes into an index; a unique one would then refuse texts that differ.
void write_bound(compiler& out, const create_index_node& of, const index_element& element) {
    if (element.prefix != 0) {
        out << fmt::format("({})", element.prefix);
        return;
    }
    const column_spec* spec = element.expression ? nullptr : find_spec(*of.table, element.column);
    if (spec && is_boundless(spec->type)) out << fmt::format("({})", index_prefix);
}

void write_create_index(compiler& out, const create_index_node& n) {
    const index_definition& index = n.index;
    require_index(out, index);
    if (index.unique) {
        std::vector<std::string> columns;
        for (const auto& e : index.elements)
            if (!e.expression && e.prefix == 0) columns.push_back(e.column);
        refuse_boundless(*n.table, columns, "unique index");
    }
    out.set_kind(statement_kind::ddl, false);
    out << (index.unique ? "CREATE UNIQUE INDEX " : "CREATE INDEX ") << (n.if_not_exists ? "IF NOT EXISTS " : "");
    out.identifier(index.name) << " ON " << n.table->node << " ";
    write_index_elements(out, n, &write_bound);
}

void write_drop_constraint(compiler& out, const drop_constraint_node& n) {
    out.set_kind(statement_kind::ddl, false);
    out << "ALTER TABLE ";
    out.qualified(n.table.schema, n.table.name);
    switch (n.constraint) {
        case constraint_kind::foreign_key: out << " DROP FOREIGN KEY "; break;
        case constraint_kind::unique: out << " DROP INDEX "; break;
        case constraint_kind::check: out << " DROP CONSTRAINT "; break;
        case constraint_kind::primary_key: out << " DROP PRIMARY KEY"; return;
    }
    out.identifier(n.name);
}

void write_drop_index(compiler& out, const drop_index_node& n) {
    out.set_kind(statement_kind::ddl, false);
    out << "DROP INDEX " << (n.if_exists ? "IF EXISTS " : "");
    out.identifier(n.index) << " ON ";
    out.qualified(n.table.schema, n.table.name);
}

}  // namespace

void set_ddl_rules(rule_table& to) {
    to.ddl.default_value = &write_default_value;
    to.ddl.identity = &write_identity;
    to.ddl.table_end = &write_table_end;
    to.ddl.check_table = &check_table;
    to.set<drop_index_node, &write_drop_index>();
    to.set<create_index_node, &write_create_index>();
    to.set<drop_constraint_node, &write_drop_constraint>();
}

}  // namespace azoth::mysql
