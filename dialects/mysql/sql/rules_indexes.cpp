#include "rules.hpp"

#include "sql_text.hpp"

#include <fmt/format.h>

namespace azoth::mysql {
namespace {

constexpr int index_prefix = 255;  // characters of a text without a length that go into an index

/// Indexes of another kind, which have a word of their own before INDEX.
bool is_kind(const index_definition& index) { return same_word(index.method, "fulltext") || same_word(index.method, "spatial"); }

/// Of a text without a length the start goes into an index; a unique one would then refuse texts that differ.
void write_bound(compiler& out, const create_index_node& of, const index_element& element) {
    if (element.prefix != 0) {
        out << fmt::format("({})", element.prefix);
        return;
    }
    const column_spec* spec = element.expression || is_kind(of.index) ? nullptr : find_spec(*of.table, element.column);
    if (spec && is_boundless(spec->type)) out << fmt::format("({})", index_prefix);
}

void check_method(const index_definition& index) {
    const bool is_tree = same_word(index.method, "btree") || same_word(index.method, "hash") || same_word(index.method, "rtree");
    if (!index.method.empty() && !is_tree && !is_kind(index))
        throw_error(errc::not_supported,
                    fmt::format("the index \"{}\" is of the method {}; MySQL and MariaDB have btree, hash, rtree, fulltext "
                                "and spatial",
                                index.name, index.method));
    if (index.unique && is_kind(index))
        throw_error(errc::not_supported, fmt::format("the {} index \"{}\" cannot be unique", index.method, index.name));
}

void write_words(compiler& out, const create_index_node& n) {
    const index_definition& index = n.index;
    out << "CREATE ";
    if (index.unique) out << "UNIQUE ";
    if (same_word(index.method, "fulltext")) out << "FULLTEXT ";
    if (same_word(index.method, "spatial")) out << "SPATIAL ";
    out << "INDEX " << (n.if_not_exists ? "IF NOT EXISTS " : "");
}

void write_create_index(compiler& out, const create_index_node& n) {
    const index_definition& index = n.index;
    require_index(out, index);
    check_method(index);
    if (n.if_not_exists)
        out.require(out.can().schema.create_index_if_not_exists, "CREATE INDEX IF NOT EXISTS",
                    "look with the reflector whether it is there");
    if (index.unique) {
        std::vector<std::string> columns;
        for (const auto& e : index.elements)
            if (!e.expression && e.prefix == 0) columns.push_back(e.column);
        refuse_boundless(*n.table, columns, "unique index");
    }
    out.set_kind(statement_kind::ddl, false);
    write_words(out, n);
    out.identifier(index.name);
    if (!index.method.empty() && !is_kind(index)) out << " USING " << upper_case(index.method);
    out << " ON " << n.table->node << " ";
    write_index_elements(out, n, &write_bound);
}

void write_drop_index(compiler& out, const drop_index_node& n) {
    out.set_kind(statement_kind::ddl, false);
    if (n.if_exists) out.require(server_is(out, 1, 0), "DROP INDEX IF EXISTS", "look with the reflector whether it is there");
    out << "DROP INDEX " << (n.if_exists ? "IF EXISTS " : "");
    out.identifier(n.index) << " ON ";
    out.qualified(n.table.schema, n.table.name);
}

}  // namespace

void set_index_rules(rule_table& to) {
    to.set<create_index_node, &write_create_index>();
    to.set<drop_index_node, &write_drop_index>();
}

}  // namespace azoth::mysql
