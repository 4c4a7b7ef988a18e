// Indexes, views, sequences, types, schemas and comments.
#include "ddl_parts.hpp"

#include <azoth/base/error.hpp>
#include <azoth/schema/ddl_rules.hpp>
#include <azoth/sql/compiler.hpp>
#include <azoth/sql/literal.hpp>
#include <azoth/sql/nodes/native.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace azoth {
namespace {

using detail::require_kind;
using detail::word_for;

void write_object(compiler& out, object_kind kind, const object_name& name) {
    if (kind == object_kind::schema) out.identifier(out.schema_of(name.name));
    else out.qualified(name.schema, name.name);
}

void write_drop(compiler& out, const drop_object_node& n) {
    out.set_kind(statement_kind::ddl, false);
    require_kind(out, n.object);
    if (n.cascade) out.require(out.can().schema.cascading_drops, "DROP ... CASCADE", "drop what depends on it before");
    detail::write_guarded(out, word_for(n.object), n.name.name, n.if_exists ? "IF EXISTS " : "", [&](std::string_view guard) {
        out << "DROP " << word_for(n.object) << " " << guard;
        write_object(out, n.object, n.name);
        if (n.cascade) out << " CASCADE";
    });
}

void write_direction(compiler& out, const index_element& e) {
    if (!e.collation.empty()) {
        out.require(out.can().schema.index_collations, "a collation of an index", "give the column the collation");
        out << " COLLATE ";
        out.identifier(e.collation);
    }
    if (!e.operator_class.empty()) {
        out.require(out.can().schema.operator_classes, "operator classes of indexes");
        out << " ";
        out.identifier(e.operator_class);
    }
    if (e.descending) out << " DESC";
    if (e.nulls == nulls_order::unspecified) return;
    out.require(out.can().schema.index_nulls_order, "NULLS FIRST and NULLS LAST in an index", "leave it out: queries sort all the same");
    out << (e.nulls == nulls_order::first ? " NULLS FIRST" : " NULLS LAST");
}

/// What the rows or columns beside the key are.
void write_index_end(compiler& out, const index_definition& index) {
    if (!index.include.empty()) {
        out << " INCLUDE ";
        write_names(out, index.include);
    }
    if (index.nulls_not_distinct) out << " NULLS NOT DISTINCT";
    if (!index.where) return;
    out << " WHERE ";
    write_schema_expression(out, *index.where);
}

void write_index(compiler& out, const create_index_node& n, std::string_view guard) {
    const index_definition& index = n.index;
    out << (index.unique ? "CREATE UNIQUE INDEX " : "CREATE INDEX ") << guard;
    out.identifier(made_name(out, index.name)) << " ON " << n.table->node;
    if (!index.method.empty()) {
        out << " USING ";
        out.identifier(index.method);
    }
    out << " ";
    write_index_elements(out, n);
    write_index_end(out, index);
}

/// CREATE [UNIQUE] [DESCENDING] INDEX ... (a, b) or COMPUTED BY (e).
void write_one_way_index(compiler& out, const create_index_node& n) {
    const index_definition& index = n.index;
    out << "CREATE " << (index.unique ? "UNIQUE " : "") << (index.elements.front().descending ? "DESCENDING " : "") << "INDEX ";
    out.identifier(made_name(out, index.name)) << " ON " << n.table->node;
    if (index.elements.front().expression) {
        out << " COMPUTED BY (";
        write_schema_expression(out, *index.elements.front().expression);
        out << ")";
    } else {
        std::vector<std::string> columns;
        for (const auto& e : index.elements) columns.push_back(e.column);
        out << " ";
        write_names(out, columns);
    }
    write_index_end(out, index);
}

/// Whether all elements go one way, and an expression stands alone.
bool is_one_way(const index_definition& index) {
    return std::ranges::all_of(index.elements, [&](const index_element& e) {
        return e.descending == index.elements.front().descending && (!e.expression || index.elements.size() == 1);
    });
}

void write_create_index(compiler& out, const create_index_node& n) {
    out.set_kind(statement_kind::ddl, false);
    require_index(out, n.index);
    if (n.if_not_exists) out.require(out.can().schema.create_index_if_not_exists, "CREATE INDEX IF NOT EXISTS");
    const bool one_way = is_one_way(n.index);
    out.require(one_way || out.can().schema.mixed_indexes, "an index that goes up and down, or has an expression beside others",
                "make one for each");
    detail::write_guarded(out, "INDEX", made_name(out, n.index.name), n.if_not_exists ? "IF NOT EXISTS " : "", [&](std::string_view guard) {
        if (one_way && out.rules().ddl.one_way_indexes && !n.index.elements.empty()) write_one_way_index(out, n);
        else write_index(out, n, guard);
    });
}

void write_drop_index(compiler& out, const drop_index_node& n) {
    out.set_kind(statement_kind::ddl, false);
    const std::string name = made_name(out, n.index);
    detail::write_guarded(out, "INDEX", name, n.if_exists ? "IF EXISTS " : "", [&](std::string_view guard) {
        out << "DROP INDEX " << guard;
        out.qualified(n.table.schema, name);
    });
}

void write_create_view(compiler& out, const create_view_node& n) {
    const view_definition& v = n.view;
    out.set_kind(statement_kind::ddl, false);
    require_kind(out, v.materialized ? object_kind::materialized_view : object_kind::view);
    if (n.or_replace) out.require(out.can().schema.replaced_views && !v.materialized, "CREATE OR REPLACE VIEW", "drop the view before");
    out << (n.or_replace ? out.rules().ddl.words.replace_view : std::string_view{"CREATE"}) << " " << (n.temporary ? "TEMPORARY " : "")
        << (v.materialized ? "MATERIALIZED VIEW " : "VIEW ") << (n.if_not_exists ? "IF NOT EXISTS " : "");
    out.qualified(v.name.schema, v.name.name) << " AS ";
    detail::write_defining_query(out, *v.query);
}

void write_create_sequence(compiler& out, const create_sequence_node& n) {
    out.set_kind(statement_kind::ddl, false);
    require_kind(out, object_kind::sequence);
    detail::write_guarded(out, "SEQUENCE", n.sequence.name.name, n.if_not_exists ? "IF NOT EXISTS " : "", [&](std::string_view guard) {
        out << "CREATE SEQUENCE " << guard;
        out.qualified(n.sequence.name.schema, n.sequence.name.name);
        write_sequence_options(out, n.sequence.options);
    });
}

void write_create_trigger(compiler& out, const create_trigger_node& n) {
    out.set_kind(statement_kind::ddl, false);
    out << *n.statement;
}

void write_create_enum(compiler& out, const create_enum_node& n) {
    out.set_kind(statement_kind::ddl, false);
    require_kind(out, object_kind::enum_type);
    out << "CREATE TYPE ";
    out.qualified(n.enumeration.name.schema, n.enumeration.name.name) << " AS ENUM (";
    for (std::size_t i = 0; i < n.enumeration.labels.size(); ++i) {
        if (i != 0) out << ", ";
        out.literal(cell::text(n.enumeration.labels[i]), type_kind::text);
    }
    out << ")";
}

void write_create_schema(compiler& out, const create_schema_node& n) {
    out.set_kind(statement_kind::ddl, false);
    require_kind(out, object_kind::schema);
    out << "CREATE SCHEMA " << (n.if_not_exists ? "IF NOT EXISTS " : "");
    out.identifier(out.schema_of(n.name));
}

void write_comment(compiler& out, const comment_on_node& n) {
    out.set_kind(statement_kind::ddl, false);
    require_kind(out, n.object);
    out.require(out.can().comments, "comments");
    out << "COMMENT ON " << (n.column.empty() ? word_for(n.object) : "COLUMN") << " ";
    write_object(out, n.object, n.name);
    if (!n.column.empty()) {
        out << ".";
        out.identifier(n.column);
    }
    out << " IS ";
    if (n.comment.empty()) out << "NULL";
    else out.literal(cell::text(n.comment), type_kind::text);
}

void write_native(compiler& out, const native_sql_node& n) {
    if (n.dialect != out.server().dialect && n.dialect != out.rules().family)
        throw_error(errc::not_supported, fmt::format("this is SQL as {} wrote it down, which the {} dialect may read otherwise: {}",
                                                     n.dialect, out.server().dialect, n.sql));
    out << n.sql;
}

void write_next_value(compiler& out, const next_value_node& n) {
    require_kind(out, object_kind::sequence);
    out << "NEXT VALUE FOR ";
    out.qualified(n.schema, n.name);
}

}  // namespace

void detail::write_guarded(compiler& out, std::string_view object, std::string_view name, std::string_view guard,
                           const std::function<void(std::string_view guard)>& write) {
    const existence_rule rule = out.rules().ddl.existence;
    if (guard.empty() || !rule) return write(guard);
    const std::size_t from = out.buffer().size();
    write({});
    rule(out, object, name, guard == "IF EXISTS ", out.cut(from));
}

std::string_view detail::word_for(object_kind kind) {
    constexpr std::array<std::string_view, 6> words{"TABLE", "VIEW", "MATERIALIZED VIEW", "SEQUENCE", "TYPE", "SCHEMA"};
    return words[static_cast<std::size_t>(kind)];
}

void detail::require_kind(const compiler& out, object_kind kind) {
    const capabilities& can = out.can();
    switch (kind) {
        case object_kind::table: return;
        case object_kind::view: return out.require(can.schema.views, "views");
        case object_kind::materialized_view:
            return out.require(can.schema.materialized_views, "materialized views", "make a view, or a table from the query");
        case object_kind::sequence: return out.require(can.sequences, "sequences", "let a key number the rows");
        case object_kind::enum_type:
            return out.require(can.schema.enum_types, "enumerations that are types", "say the labels in the column's type");
        case object_kind::schema: return out.require(can.schemas, "schemas");
    }
}

void require_index(const compiler& out, const index_definition& index) {
    const auto& can = out.can().schema;
    if (index.where) out.require(can.partial_indexes, "partial indexes", "index all rows");
    if (!index.include.empty()) out.require(can.covering_indexes, "indexes that INCLUDE columns", "add the columns to the index");
    if (!index.method.empty()) out.require(can.index_methods, fmt::format("an index of the method {}", index.method));
    if (index.nulls_not_distinct) out.require(can.nulls_not_distinct, "UNIQUE INDEX ... NULLS NOT DISTINCT");
    for (const auto& e : index.elements) {
        if (e.expression) out.require(can.functional_indexes, "indexes of expressions", "index a computed column");
        if (e.prefix != 0) out.require(can.index_prefixes, "indexes of a text's start", "index an expression");
    }
}

void write_index_elements(compiler& out, const create_index_node& of,
                          void (*bound)(compiler&, const create_index_node&, const index_element&)) {
    std::string_view separator = "(";
    for (const auto& e : of.index.elements) {
        out << separator;
        separator = ", ";
        if (e.expression) {
            out << "(";
            write_schema_expression(out, *e.expression);
            out << ")";
        } else {
            out.identifier(e.column);
        }
        if (bound) bound(out, of, e);
        write_direction(out, e);
    }
    out << ")";
}

void write_sequence_options(compiler& out, const sequence_options& options) {
    const auto say = [&](std::string_view words, const std::optional<std::int64_t>& number) {
        if (number) out << words << fmt::format("{}", *number);
    };
    say(" START WITH ", options.start);
    say(" INCREMENT BY ", options.increment);
    say(" MINVALUE ", options.minimum);
    say(" MAXVALUE ", options.maximum);
    say(" CACHE ", options.cache);
    if (options.cycle) out << " CYCLE";
}

void detail::write_defining_query(compiler& out, const node& query) {
    out.with_literals([&] { out << query; });
    out.set_kind(statement_kind::ddl, false);  // the query has said that it is one
}

void detail::set_ddl_object_rules(rule_table& to) {
    to.set<drop_object_node, &write_drop>();
    to.set<create_index_node, &write_create_index>();
    to.set<drop_index_node, &write_drop_index>();
    to.set<create_view_node, &write_create_view>();
    to.set<create_sequence_node, &write_create_sequence>();
    to.set<create_trigger_node, &write_create_trigger>();
    to.set<create_enum_node, &write_create_enum>();
    to.set<create_schema_node, &write_create_schema>();
    to.set<comment_on_node, &write_comment>();
    to.set<native_sql_node, &write_native>();
    to.set<next_value_node, &write_next_value>();
}

const rule_table& ansi_rules() {
    static const rule_table rules = [] {
        rule_table r = ansi_sql_rules();
        detail::set_ddl_table_rules(r);
        detail::set_ddl_object_rules(r);
        detail::set_ddl_alter_rules(r);
        return r;
    }();
    return rules;
}

}  // namespace azoth
