// DDL. Firebird has no IF EXISTS: a block of its procedural language asks the catalogue first.
#include "rules.hpp"

#include <fmt/format.h>

namespace azoth::firebird {
namespace {

void write_as_ansi(compiler& out, const node& n) { ansi_rules().find(n.kind())(out, n); }

/// A column is computed when it is read: Firebird has no word for it.
void write_without_virtual(compiler& out, const node& n) {
    const std::size_t from = out.buffer().size();
    write_as_ansi(out, n);
    std::string sql = out.cut(from);
    constexpr std::string_view word = ") VIRTUAL";
    for (auto at = sql.find(word); at != std::string::npos; at = sql.find(word, at)) sql.erase(at + 1, word.size() - 1);
    out << std::string_view{sql};
}

/// What the standard's words are, with one of them replaced.
void write_replaced(compiler& out, const node& n, std::string_view word, std::string_view by) {
    const std::size_t from = out.buffer().size();
    write_without_virtual(out, n);
    std::string sql = out.cut(from);
    if (const auto at = sql.find(word); at != std::string::npos) sql.replace(at, word.size(), by);
    out << std::string_view{sql};
}

/// Runs the statement where the catalogue has such a row, or has none.
template <class Write>
void write_where(compiler& out, std::string_view condition, std::string_view name, const Write& write) {
    const std::size_t from = out.buffer().size();
    write();
    const std::string sql = out.cut(from);
    out << "EXECUTE BLOCK AS BEGIN IF (" << condition;
    write_quoted_text(out, swapped_case(name));
    out << ")) THEN EXECUTE STATEMENT ";
    write_quoted_text(out, sql);
    out << "; END";
}

constexpr std::string_view exists_relation = "EXISTS (SELECT 1 FROM rdb$relations WHERE rdb$relation_name = ";
constexpr std::string_view exists_generator = "EXISTS (SELECT 1 FROM rdb$generators WHERE rdb$generator_name = ";
constexpr std::string_view exists_index = "EXISTS (SELECT 1 FROM rdb$indices WHERE rdb$index_name = ";

void write_create_table(compiler& out, const create_table_node& n) {
    create_table_node plain = n;
    plain.if_not_exists = false;
    if (n.if_not_exists)
        write_where(out, std::string{"NOT "} + std::string{exists_relation}, n.table->node->name,
                    [&] { write_without_virtual(out, plain); });
    else write_without_virtual(out, plain);
}

void write_drop(compiler& out, const drop_object_node& n) {
    drop_object_node plain = n;
    plain.if_exists = false;
    const bool is_sequence = n.object == object_kind::sequence;
    if (n.if_exists) write_where(out, is_sequence ? exists_generator : exists_relation, n.name.name, [&] { write_as_ansi(out, plain); });
    else write_as_ansi(out, plain);
}

void write_drop_index(compiler& out, const drop_index_node& n) {
    drop_index_node plain = n;
    plain.if_exists = false;
    if (n.if_exists) write_where(out, exists_index, made_name(out, n.index), [&] { write_as_ansi(out, plain); });
    else write_as_ansi(out, plain);
}

/// CREATE [UNIQUE] [DESCENDING] INDEX name ON t (columns), or COMPUTED BY (expression): all of an index goes one way.
void write_create_index(compiler& out, const create_index_node& n) {
    const index_definition& index = n.index;
    out.set_kind(statement_kind::ddl, false);
    require_index(out, index);
    const bool descends = !index.elements.empty() && index.elements.front().descending;
    for (const auto& e : index.elements)
        out.require(e.descending == descends && (!e.expression || index.elements.size() == 1),
                    "an index that goes up and down, or has an expression beside others", "make one for each");
    out << "CREATE " << (index.unique ? "UNIQUE " : "") << (descends ? "DESCENDING " : "") << "INDEX ";
    out.identifier(made_name(out, index.name)) << " ON " << n.table->node;
    if (index.elements.front().expression) {
        out << " COMPUTED BY (";
        write_schema_expression(out, *index.elements.front().expression);
        out << ")";
        return;
    }
    std::string_view before = " (";
    for (const auto& e : index.elements) {
        out << before;
        before = ", ";
        out.identifier(e.column);
    }
    out << ")";
}

void write_add_column(compiler& out, const add_column_node& n) { write_replaced(out, n, " ADD COLUMN ", " ADD "); }
void write_drop_column(compiler& out, const drop_column_node& n) { write_replaced(out, n, " DROP COLUMN ", " DROP "); }
void write_rename_column(compiler& out, const rename_column_node& n) { write_replaced(out, n, " RENAME COLUMN ", " ALTER COLUMN "); }

void write_create_view(compiler& out, const create_view_node& n) { write_replaced(out, n, "CREATE OR REPLACE ", "CREATE OR ALTER "); }

/// Firebird 3 counts one step before it gives the first number.
void write_create_sequence(compiler& out, const create_sequence_node& n) {
    create_sequence_node counted = n;
    sequence_options& options = counted.sequence.options;
    options.start = options.start.value_or(1) - options.increment.value_or(1);
    write_as_ansi(out, counted);
}

/// COMMENT ON's text is a literal, and nothing else.
void write_comment(compiler& out, const comment_on_node& n) {
    const std::size_t from = out.buffer().size();
    write_as_ansi(out, n);
    std::string sql = out.cut(from);
    const auto cast = sql.find(" IS CAST('");
    if (cast != std::string::npos) sql = sql.substr(0, cast + 4) + sql.substr(cast + 9, sql.rfind(" AS VARCHAR(") - cast - 9);
    out << std::string_view{sql};
}

void write_default(compiler& out, const node& expression, const type& of) {
    const auto* literal = node_cast<literal_node>(&expression);
    const cell value = literal ? literal->content.view() : cell{};
    if (literal && value.tag == cell_tag::text) write_quoted_text(out, value.chars_view());
    else if (literal) out.literal(value, of);
    else write_schema_expression(out, expression);
}

void write_identity(compiler& out, const table_definition& of, std::size_t column) {
    const auto& identity = of.details[column].identity;
    out.require(!identity || (!identity->always && identity->options == sequence_options{}), "an identity column with options of its own");
    out << " GENERATED BY DEFAULT AS IDENTITY";
}

}  // namespace

void set_schema_rules(rule_table& r) {
    r.ddl.default_value = write_default;
    r.ddl.identity = write_identity;
    r.ddl.computed_not_null = false;
    r.set<create_table_node, &write_create_table>();
    r.set<drop_object_node, &write_drop>();
    r.set<create_index_node, &write_create_index>();
    r.set<drop_index_node, &write_drop_index>();
    r.set<add_column_node, &write_add_column>();
    r.set<drop_column_node, &write_drop_column>();
    r.set<rename_column_node, &write_rename_column>();
    r.set<create_view_node, &write_create_view>();
    r.set<create_sequence_node, &write_create_sequence>();
    r.set<comment_on_node, &write_comment>();
}

}  // namespace azoth::firebird
