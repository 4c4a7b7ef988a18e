// A table that is made anew: https://sqlite.org/lang_altertable.html, section 7.
#include "keys.hpp"
#include "losses.hpp"
#include "sql_tokens.hpp"
#include "table_steps.hpp"

#include <azoth/schema/ddl_rules.hpp>
#include <azoth/sql/compiler.hpp>
#include <azoth/sql/text.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace azoth::detail {
namespace {

/// Whether DROP COLUMN takes it: nothing else of the table has to do with the column.
bool stands_alone(const table_difference& d, const schema_words& words, const std::string& column) {
    const table_definition& t = *d.before;
    const auto has = [&](const std::vector<std::string>& columns) { return std::ranges::find(columns, column) != columns.end(); };
    const auto is_gone = [&](const index_definition& i) {
        return std::ranges::find(d.indexes.gone, i.name, &index_definition::name) != d.indexes.gone.end();
    };
    return t.triggers.empty() && !has(t.primary_key) && std::ranges::none_of(t.uniques, [&](const auto& u) { return has(u.columns); }) &&
           std::ranges::none_of(t.foreign_keys, [&](const auto& k) { return has(k.columns); }) &&
           std::ranges::none_of(t.checks, [&](const auto& c) { return mentions(words, c.condition, column); }) &&
           std::ranges::none_of(t.indexes, [&](const auto& i) { return !is_gone(i) && mentions(words, i, column); }) &&
           std::ranges::none_of(t.details, [&](const auto& c) { return c.computed && mentions(words, c.computed->expression, column); });
}

bool has_column(const table_definition& t, const std::string& column) {
    return std::ranges::find(t.node->columns, column, &column_spec::name) != t.node->columns.end();
}

/// The columns whose values go over.
std::vector<std::string> kept_columns(const table_difference& d) {
    std::vector<std::string> kept;
    for (std::size_t i = 0; i < d.after->details.size(); ++i) {
        const std::string& name = d.after->node->columns[i].name;
        if (has_column(*d.before, name) && !d.after->details[i].computed) kept.push_back(name);
    }
    return kept;
}

std::string what_is_lost(const table_difference& d) {
    std::vector<std::string> lost;
    for (const auto& c : d.gone_columns)
        if (!d.before->details[column_index(*d.before, c)].computed) lost.push_back(fmt::format("all values of \"{}\"", c));
    for (const auto& a : d.altered)
        if (std::string values = narrowed_values(d, a); !values.empty()) lost.push_back(std::move(values));
    std::string told = lost.empty() ? std::string{} : fmt::format("{} are lost", fmt::join(lost, ", and "));
    if (const std::string more = forgotten(d.left_out, d.before->name()); !more.empty()) told += (told.empty() ? "" : "; ") + more;
    return told;
}

/// NOT NULL columns that rows have no value for, or may have none for.
std::string what_is_missing(const table_difference& d) {
    std::vector<std::string> missing;
    for (const auto& a : d.altered)
        if (std::string note = refused_nulls(d, a); !note.empty()) missing.push_back(std::move(note));
    for (const auto& c : d.new_columns)
        if (std::string note = missing_value(*d.after, column_index(*d.after, c)); !note.empty()) missing.push_back(std::move(note));
    return fmt::format("{}", fmt::join(missing, "; "));
}

/// SQLite takes a trigger that names what is not there, and fails when it fires.
std::string what_fires_at_nothing(const table_difference& d, const schema_words& words, const node_ptr& trigger) {
    for (const auto& c : d.gone_columns)
        if (!has_column(*d.after, c) && mentions(words, trigger, c)) return fmt::format("the trigger names \"{}\", which is gone", c);
    return {};
}

/// A column whose type stays keeps the name that the database has for it: what other programs have written there is read as before.
std::vector<column_spec> with_own_types(const table_difference& d, const step_list& to) {
    const auto is_retyped = [&](const std::string& column) {
        return std::ranges::any_of(d.altered, [&](const auto& a) { return a.name == column && a.what.type; });
    };
    auto specs = d.after->node->columns;
    for (auto& spec : specs) {
        if (!has_column(*d.before, spec.name) || spec.type.rare || is_retyped(spec.name)) continue;
        const std::size_t at = column_index(*d.before, spec.name);
        const std::string& own = d.before->details[at].native_type;
        if (own.empty()) continue;
        compiler out{to.rules(), to.server()};
        write_column_type(out, *d.before, at);
        const std::string_view ours = out.buffer();
        if (lower(ours.substr(0, ours.find(" COLLATE "))) != lower(own))
            spec.type = native_type(spec.type, {{std::string{to.rules().family_of(to.server().dialect)}, own}});
    }
    return specs;
}

bool has_identity(const table_definition& t) {
    return std::ranges::any_of(t.details, [](const column_details& c) { return c.identity.has_value(); });
}

}  // namespace

bool needs_rebuild(const table_difference& d, const schema_words& words, const step_list& to) {
    const auto& rebuild = to.rules().ddl.rebuild;
    if (!rebuild) return false;
    if (!d.altered.empty() || d.keys.any() || d.uniques.any() || d.checks.any() || d.primary_key) return true;
    compiler out{to.rules(), to.server()};
    return std::ranges::any_of(d.new_columns,
                               [&](const auto& c) { return !rebuild->adds_column(out, *d.after, column_index(*d.after, c)); }) ||
           std::ranges::any_of(d.gone_columns, [&](const auto& c) { return !stands_alone(d, words, c); });
}

void rebuild_table(const table_difference& d, const schema_words& words, const object_name& aside, step_list& to) {
    const object_name name = d.after->name();
    auto create = make_node<create_table_node>(table_like(*d.after, aside.name, with_own_types(d, to)));
    if (!to.can(name, *create)) return;  // or the table would be dropped with nothing to take its place
    to.add(name, std::move(create), fmt::format("\"{}\" is made anew: ALTER TABLE cannot do all that changes", name.name));
    if (has_identity(*d.before) && has_identity(*d.after) && to.rules().find(carry_numbers_node::static_kind))
        to.add(name, make_node<carry_numbers_node>(name, aside));
    const auto kept = kept_columns(d);
    std::string lost = what_is_lost(d);
    if (!kept.empty()) to.add(name, make_node<copy_rows_node>(name, aside, kept), what_is_missing(d));
    else lost = "all rows are lost: no column stays";
    to.add(name, make_node<drop_object_node>(object_kind::table, name), lost, {});
    to.add(name, make_node<rename_object_node>(object_kind::table, aside, name.name));
    for (const auto& i : d.after->indexes) to.add(name, make_node<create_index_node>(d.after, i));
    for (const auto& trigger : d.before->triggers)
        to.add(name, make_node<create_trigger_node>(trigger), what_fires_at_nothing(d, words, trigger));
}

}  // namespace azoth::detail
