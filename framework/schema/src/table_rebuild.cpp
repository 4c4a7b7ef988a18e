// A table that is made anew: https://sqlite.org/lang_altertable.html, section 7.
#include "losses.hpp"
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

/// The columns whose values go over.
std::vector<std::string> kept_columns(const table_difference& d) {
    std::vector<std::string> kept;
    for (std::size_t i = 0; i < d.after->details.size(); ++i) {
        const std::string& name = d.after->node->columns[i].name;
        const bool was_there = std::ranges::find(d.before->node->columns, name, &column_spec::name) != d.before->node->columns.end();
        if (was_there && !d.after->details[i].computed) kept.push_back(name);
    }
    return kept;
}

std::string what_is_lost(const table_difference& d) {
    std::vector<std::string> lost;
    for (const auto& c : d.gone_columns)
        if (!d.before->details[column_index(*d.before, c)].computed) lost.push_back(fmt::format("all values of \"{}\"", c));
    for (const auto& a : d.altered) {
        const type& before = d.before->node->columns[column_index(*d.before, a.name)].type;
        if (a.what.type && is_narrower(d.after->node->columns[column_index(*d.after, a.name)].type, before))
            lost.push_back(fmt::format("values of \"{}\" that do not fit the narrower type", a.name));
    }
    return lost.empty() ? std::string{} : fmt::format("{} are lost", fmt::join(lost, ", and "));
}

table_ptr under_another_name(const table_definition& t, const std::string& name) {
    auto made = std::make_shared<table_definition>(t);
    made->node = make_node<const table_node>(name, t.node->schema, t.node->columns, t.node->keys);
    return made;
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

void rebuild_table(const table_difference& d, step_list& to) {
    const object_name name = d.after->name();
    const object_name other{name.schema, "azoth_new_" + name.name};
    auto create = make_node<create_table_node>(under_another_name(*d.after, other.name));
    if (!to.can(name, *create)) return;  // or the table would be dropped with nothing to take its place
    to.add(name, std::move(create), fmt::format("\"{}\" is made anew: ALTER TABLE cannot do all that changes", name.name));
    if (has_identity(*d.before) && has_identity(*d.after) && to.rules().find(carry_numbers_node::static_kind))
        to.add(name, make_node<carry_numbers_node>(name, other));
    const auto kept = kept_columns(d);
    std::string lost = what_is_lost(d);
    if (!kept.empty()) to.add(name, make_node<copy_rows_node>(name, other, kept));
    else lost = "all rows are lost: no column stays";
    auto drop = make_node<drop_object_node>(object_kind::table, name);
    if (lost.empty()) to.add(name, std::move(drop));
    else to.add_loss(name, std::move(drop), std::move(lost));
    to.add(name, make_node<rename_object_node>(object_kind::table, other, name.name));
    for (const auto& i : d.after->indexes) to.add(name, make_node<create_index_node>(d.after, i));
    for (const auto& trigger : d.before->triggers) to.add(name, verbatim_text(trigger));
}

}  // namespace azoth::detail
