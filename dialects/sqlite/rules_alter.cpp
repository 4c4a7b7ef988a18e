// ALTER TABLE, as far as SQLite has it, and how a table is made anew where it has not: "Making Other Kinds Of Table Schema Changes" of
// https://sqlite.org/lang_altertable.html.
#include "rules.hpp"

#include "sql_tokens.hpp"

#include <fmt/format.h>

namespace azoth::sqlite {
namespace {

/// What ADD COLUMN takes as the default of rows that are there: a literal, in whatever parentheses.
bool is_constant(std::string_view sql) {
    token_reader in{without_parentheses(sql)};
    if (!in.take_sign('-')) in.take_sign('+');
    const token_kind kind = in.peek().kind;
    const bool is_word = in.at("NULL") || in.at("TRUE") || in.at("FALSE");
    in.skip();
    return in.at_end() && (is_word || kind == token_kind::string || kind == token_kind::literal);
}

bool adds_column(compiler& out, const table_definition& of, std::size_t column) {
    const column_spec& spec = of.node->columns[column];
    const column_details& details = of.details[column];
    if (spec.primary_key || details.identity) return false;
    if (details.computed) return !details.computed->stored;
    if (!details.server_default) return spec.nullable;
    const std::size_t from = out.buffer().size();
    write_column_default(out, of, column);
    const std::string sql = out.cut(from);
    return is_constant(sql);
}

void write_add_column(compiler& out, const add_column_node& n) {
    const bool takes = adds_column(out, *n.table, column_index(*n.table, n.column));
    out.require(takes,
                fmt::format("ADD COLUMN \"{}\", which is a key, stored or computed, or NOT NULL without a constant default", n.column),
                "give it a constant default, or make the table anew as changes_between does");
    ansi_rules().find(add_column_node::static_kind)(out, n);
}

/// AUTOINCREMENT never gives a number twice, and keeps the last one in a table of its own.
void write_carry_numbers(compiler& out, const carry_numbers_node& n) {
    const auto numbers = [&] { out.qualified(n.from.schema, "sqlite_sequence"); };
    out.set_kind(statement_kind::ddl, false);
    out << "INSERT INTO ";
    numbers();
    out << " (name, seq) SELECT ";
    out.literal(cell::text(n.to.name), type_kind::text) << ", seq FROM ";
    numbers();
    out << " WHERE name = ";
    out.literal(cell::text(n.from.name), type_kind::text);
}

/// A key without AUTOINCREMENT always goes on behind the largest.
void write_restart(compiler& out, const restart_numbers_node& n) {
    out.require(n.is_identity, "a numbered key that goes on elsewhere", "say identity() of it");
    out.set_kind(statement_kind::ddl, false);
    const std::size_t from = out.buffer().size();
    out.qualified(n.table.schema, "sqlite_sequence");
    const std::string numbers = out.cut(from);
    out.literal(cell::text(n.table.name), type_kind::text);
    const std::string name = out.cut(from);
    out << fmt::format("INSERT OR REPLACE INTO {0} (rowid, name, seq) VALUES ((SELECT rowid FROM {0} WHERE name = {1}), {1}, {2} - 1)",
                       numbers, name, n.next);
}

}  // namespace

void set_alter_rules(rule_table& to) {
    rebuild_rules rebuild;
    // Without the old way, to rename the new table would fail at views that read the one that is gone.
    rebuild.before = {"PRAGMA foreign_keys = OFF", "PRAGMA legacy_alter_table = ON"};
    rebuild.check = {
        "CREATE TEMPORARY TABLE azoth_key_check (lost INTEGER CONSTRAINT \"every row has what it refers to\" CHECK (lost = 0))",
        "INSERT INTO azoth_key_check SELECT count(*) FROM pragma_foreign_key_check", "DROP TABLE azoth_key_check"};
    rebuild.after = {"PRAGMA legacy_alter_table = OFF", "PRAGMA foreign_keys = ON"};
    rebuild.adds_column = &adds_column;
    to.ddl.rebuild = std::make_shared<const rebuild_rules>(std::move(rebuild));
    to.set<add_column_node, &write_add_column>();
    to.set<restart_numbers_node, &write_restart>();
    to.set<carry_numbers_node, &write_carry_numbers>();
}

}  // namespace azoth::sqlite
