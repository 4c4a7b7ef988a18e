// Tables and indexes.
#include "rules.hpp"

#include "sql_text.hpp"

namespace azoth::sqlite {
namespace {

/// A key that SQLite generates has to be of the type INTEGER, by that very name: only then it is the table's rowid.
void write_column_type(compiler& out, const table_definition& of, std::size_t column) {
    const column_spec& spec = of.node->columns[column];
    const bool is_rowid = spec.primary_key && of.primary_key.size() == 1 && is_numbered(of, column);
    out.type_name(is_rowid ? type{type_kind::integer} : spec.type);
}

/// A default is any expression elsewhere; SQLite wants parentheses around all but the simplest. Its CURRENT_TIMESTAMP has whole seconds and
/// says no zone: an instant gets the form that Azoth writes, so that text sorts as time does.
void write_default_value(compiler& out, const node& expression, const type& of) {
    const std::size_t from = out.buffer().size();
    write_schema_expression(out, expression);
    const std::string sql = out.cut(from);
    if (of.kind == type_kind::timestamp_tz && sql.size() == 17 && same_word(sql, "CURRENT_TIMESTAMP"))
        out << "(strftime('%Y-%m-%d %H:%M:%f000Z', 'now'))";
    else out << "(" << sql << ")";
}

/// An index stands in its table's schema and says so itself; ON takes a bare name.
void write_create_index(compiler& out, const create_index_node& n) {
    const index_definition& index = n.index;
    const table_node& table = *n.table->node;
    require_index(out, index);
    out.set_kind(statement_kind::ddl, false);
    out << (index.unique ? "CREATE UNIQUE INDEX " : "CREATE INDEX ") << (n.if_not_exists ? "IF NOT EXISTS " : "");
    out.qualified(table.schema, index.name) << " ON ";
    out.identifier(table.name) << " ";
    write_index_elements(out, n);
    if (!index.where) return;
    out << " WHERE ";
    write_schema_expression(out, *index.where);
}

}  // namespace

void set_ddl_rules(rule_table& to) {
    to.ddl.column_type = &write_column_type;
    to.ddl.default_value = &write_default_value;
    to.set<create_index_node, &write_create_index>();
}

}  // namespace azoth::sqlite
