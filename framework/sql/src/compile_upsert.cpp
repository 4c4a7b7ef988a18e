#include "dml_parts.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace azoth {
namespace {

void write_proposed(compiler& out, const proposed_node& n) {
    const insert_node* of = out.upsert_around();
    const auto* column = node_cast<column_node>(n.column);
    if (!of || !column || column->source != of->table)
        throw_error(errc::statement, "proposed() stands for a column of the row that an upsert could not insert: in do_update() only");
    if (out.rules().proposed) return out.rules().proposed(out, *of, column->spec->name);
    out << "excluded.";
    out.identifier(column->spec->name);
}

void write_default_value(compiler&, const default_value_node&) {
    throw_error(errc::statement, "default_value is what a column is set to, and no part of an expression");
}

/// The constraint's name, or its columns where the database does not take the name and the mapping knows them.
void write_constraint(compiler& out, const insert_node& n) {
    const auto& keys = static_cast<const table_node&>(*n.table).keys;
    const auto found = std::find_if(keys.begin(), keys.end(), [&](const unique_key& k) { return k.name == n.conflict.constraint; });
    if (out.can().upsert_constraint_names || found == keys.end()) {
        out.require(out.can().upsert_constraint_names, "an upsert by a constraint's name that the mapping does not know",
                    "name the columns with on_conflict()");
        out << " ON CONSTRAINT ";
        out.identifier(n.conflict.constraint);
        return;
    }
    std::string_view before = " (";
    for (const auto& column : found->columns) {
        out << before;
        out.identifier(column);
        before = ", ";
    }
    out << ")";
}

void write_target(compiler& out, const insert_node& n) {
    const auto& conflict = n.conflict;
    if (!conflict.constraint.empty()) return write_constraint(out, n);
    if (conflict.targets.empty()) return;
    detail::write_names(out, conflict.targets, *n.table);
    if (conflict.index_where.empty()) return;
    out.require(out.can().upsert_partial_indexes, "an upsert by a partial index");
    detail::unqualified(out, [&] { detail::write_where(out, " WHERE ", conflict.index_where); });
}

}  // namespace

void write_on_conflict(compiler& out, const insert_node& n, const std::vector<assignment>& values) {
    out << " ON CONFLICT";
    write_target(out, n);
    if (n.conflict.action == conflict_action::nothing) {
        out << " DO NOTHING";
        return;
    }
    out << " DO UPDATE SET ";
    write_assignments(out, values, *n.table);
    detail::write_where(out, " WHERE ", n.conflict.where);
}

namespace detail {

void set_upsert_rules(rule_table& r) {
    r.set<proposed_node, &write_proposed>();
    r.set<default_value_node, &write_default_value>();
}

}  // namespace detail
}  // namespace azoth
