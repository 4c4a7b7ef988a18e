// Views, sequences and schemas, and how all is dropped.
#include "rules.hpp"

#include "table_options.hpp"

#include <fmt/format.h>

namespace azoth::mysql {
namespace {

void write_as_ansi(compiler& out, const node& n) { ansi_rules().find(n.kind())(out, n); }

void write_create_view(compiler& out, const create_view_node& n) {
    out.require(!n.temporary, "a temporary view", "use a common table expression, or a view that you drop");
    if (n.if_not_exists) {
        out.require(server_is(out, 1, 9'01'00), "CREATE VIEW IF NOT EXISTS", "say or_replace");
        out.require(!n.or_replace, "CREATE OR REPLACE VIEW IF NOT EXISTS", "say one of them");
    }
    write_as_ansi(out, n);
}

void write_create_sequence(compiler& out, const create_sequence_node& n) {
    write_as_ansi(out, n);
    if (n.sequence.comment.empty()) return;
    out << " COMMENT=";
    out.literal(cell::text(n.sequence.comment), type_kind::text);
}

/// NOCYCLE is one word here.
void write_alter_sequence(compiler& out, const alter_sequence_node& n) {
    const std::size_t from = out.buffer().size();
    write_as_ansi(out, n);
    std::string sql = out.cut(from);
    constexpr std::string_view standard = " NO CYCLE";
    if (sql.ends_with(standard)) sql.replace(sql.size() - standard.size(), standard.size(), " NOCYCLE");
    out << std::string_view{sql};
}

void write_create_schema(compiler& out, const create_schema_node& n) {
    write_as_ansi(out, n);
    write_house_collation(out);
}

/// A schema goes with all that is in it, asked or not.
void write_drop(compiler& out, const drop_object_node& n) {
    drop_object_node plain{n.object, n.name};
    plain.if_exists = n.if_exists;
    plain.cascade = n.cascade && n.object != object_kind::schema;
    if (!n.temporary || n.object != object_kind::table) return write_as_ansi(out, plain);
    out.set_kind(statement_kind::ddl, false);
    if (n.cascade) out.require(out.can().schema.cascading_drops, "DROP ... CASCADE", "drop what depends on it before");
    out << "DROP TEMPORARY TABLE " << (n.if_exists ? "IF EXISTS " : "");
    out.qualified(n.name.schema, n.name.name);
}

}  // namespace

void set_object_rules(rule_table& to) {
    to.set<create_view_node, &write_create_view>();
    to.set<create_sequence_node, &write_create_sequence>();
    to.set<alter_sequence_node, &write_alter_sequence>();
    to.set<create_schema_node, &write_create_schema>();
    to.set<drop_object_node, &write_drop>();
}

}  // namespace azoth::mysql
