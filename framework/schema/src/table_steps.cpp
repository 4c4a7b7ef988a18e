#include "table_steps.hpp"

#include "keys.hpp"
#include "losses.hpp"

#include <azoth/schema/ddl_rules.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace azoth::detail {

void table_steps::drop(const std::string& constraint, constraint_kind kind, const std::string& what) {
    if (constraint.empty() && kind != constraint_kind::primary_key) return to_.refuse(name(), what + " has no name to drop it by");
    to_.add(name(), make_node<drop_constraint_node>(name(), constraint, kind));
}

void table_steps::drop(const check_constraint& check) {
    if (check.column.empty()) return drop(check.name, constraint_kind::check, "a check");
    if (std::ranges::find(d_.gone_columns, check.column) == d_.gone_columns.end()) change(d_.before, check.column, {});
}

void table_steps::change(const table_ptr& as, const std::string& column, column_changes what, std::string lost, const std::string& note) {
    auto becomes = std::make_shared<table_definition>(*as);
    becomes->checks = d_.before->checks;
    for (const auto& gone : d_.checks.gone) std::erase_if(becomes->checks, [&](const auto& c) { return c.condition == gone.condition; });
    auto statement = make_node<alter_column_node>(std::move(becomes), column, what);
    if (what.type) statement->before = d_.before->node->columns[column_index(*d_.before, column)].type;
    const bool says_all = to_.rules().ddl.redeclares_columns || what.type;
    if (const std::string more = forgotten(d_.left_out, name(), column); says_all && !more.empty())
        lost += (lost.empty() ? "" : "; ") + more;
    to_.add(name(), std::move(statement), lost, note);
}

void table_steps::drop_parts() {
    for (const auto& i : d_.indexes.gone) to_.add(name(), make_node<drop_index_node>(name(), i.name));
    for (const auto& u : d_.uniques.gone) drop(u.name, constraint_kind::unique, "the unique constraint");
    for (const auto& c : d_.checks.gone) drop(c);
    if (!d_.primary_key || d_.before->primary_key.empty()) return;
    for (std::size_t i = 0; i < d_.before->details.size(); ++i) {
        const std::string& column = d_.before->node->columns[i].name;
        if (to_.rules().ddl.redeclares_columns && is_numbered(*d_.before, i))
            change(unnumbered(d_.before, column), column, {.numbering = true});
    }
    drop(d_.before->primary_key_name, constraint_kind::primary_key, "the primary key");
}

void table_steps::drop_columns() {
    for (const auto& column : d_.gone_columns) {
        const bool was_computed = d_.before->details[column_index(*d_.before, column)].computed.has_value();
        auto statement = make_node<drop_column_node>(name(), column);
        if (was_computed) to_.add(name(), std::move(statement));
        else to_.add_loss(name(), std::move(statement), fmt::format("all values of \"{}\" are lost", column));
    }
}

void table_steps::change_columns() {
    const auto is_computed = [&](const std::string& c) { return d_.after->details[column_index(*d_.after, c)].computed.has_value(); };
    for (const auto& column : d_.new_columns)
        if (!is_computed(column)) add(column);
    for (const auto& a : d_.altered) alter(a);
    for (const auto& column : d_.new_columns)  // of what the others have become
        if (is_computed(column)) add(column);
}

void table_steps::add(const std::string& column) {
    const std::size_t at = column_index(*d_.after, column);
    to_.add(name(), make_node<add_column_node>(is_numbered_late(at) ? unnumbered(d_.after, column) : d_.after, column),
            forgotten(d_.left_out, name(), column), missing_value(*d_.after, at));
    if (d_.after->details[at].comment.empty() || to_.rules().ddl.inline_comments || !to_.server().can.comments) return;
    comment_on(at);
}

void table_steps::comment_on(std::size_t column) {
    auto comment = make_node<comment_on_node>(object_kind::table, name(), d_.after->details[column].comment);
    comment->table = d_.after;
    comment->column = d_.after->node->columns[column].name;
    to_.add(name(), std::move(comment));
}

bool table_steps::is_numbered_late(std::size_t column) const {
    if (!to_.rules().ddl.redeclares_columns || !is_numbered(*d_.after, column)) return false;
    const std::string& name = d_.after->node->columns[column].name;
    const auto before = std::ranges::find(d_.before->node->columns, name, &column_spec::name);
    return d_.primary_key || before == d_.before->node->columns.end() ||
           !is_numbered(*d_.before, static_cast<std::size_t>(before - d_.before->node->columns.begin()));
}

table_ptr table_steps::unnumbered(const table_ptr& t, const std::string& column) const {
    const std::size_t at = column_index(*t, column);
    auto specs = t->node->columns;
    specs[at].generated = false;
    const auto changed = table_like(*t, t->node->name, std::move(specs));
    changed->details[at].identity.reset();
    return changed;
}

void table_steps::drop_serial(const std::string& column, column_changes& left) {
    const object_name& serial = d_.before->details[column_index(*d_.before, column)].serial;
    if (serial.name.empty() || (!left.numbering && !left.identity)) return;
    change(unnumbered(d_.before, column), column, {.numbering = true});
    to_.add(name(), make_node<drop_object_node>(object_kind::sequence, serial));
    left.numbering = left.identity;
    left.identity = false;
}

void table_steps::alter(const altered_column& a) {
    const std::size_t at = column_index(*d_.after, a.name);
    column_changes what = a.what;
    if (!to_.rules().ddl.redeclares_columns) what.comment = false;
    if (is_numbered_late(at)) what.numbering = false;
    drop_serial(a.name, what);
    if (what.any()) {
        std::string lost = narrowed_values(d_, a);
        if (!lost.empty()) lost += " are lost, or refused";
        change(is_numbered_late(at) ? unnumbered(d_.after, a.name) : d_.after, a.name, what, std::move(lost), refused_nulls(d_, a));
    }
    if (what.numbering && is_numbered(*d_.after, at) && to_.rules().find(continue_numbers_node::static_kind))
        to_.add(name(),
                make_node<continue_numbers_node>(name(), a.name, d_.after->details[at].identity.value_or(identity_column{}).options));
    if (a.what.comment && !to_.rules().ddl.redeclares_columns) comment_on(at);
}

void table_steps::add_parts() {
    const auto anew = [&](const std::string& part, node_ptr statement) {
        to_.add(name(), std::move(statement), forgotten(d_.left_out, name(), part), {});
    };
    if (d_.primary_key && !d_.after->primary_key.empty())
        to_.add(name(), make_node<add_constraint_node>(name(), primary_key_constraint{d_.after->primary_key_name, d_.after->primary_key}));
    for (const auto& u : d_.uniques.come) anew(u.name, make_node<add_constraint_node>(name(), u));
    for (std::size_t i = 0; i < d_.after->details.size(); ++i)
        if (is_numbered_late(i)) change(d_.after, d_.after->node->columns[i].name, {.numbering = true});
    for (const auto& c : d_.checks.come) anew(c.name, make_node<add_constraint_node>(name(), c));
    for (const auto& i : d_.indexes.come) anew(i.name, make_node<create_index_node>(d_.after, i));
}

void table_steps::comment() {
    if (d_.comment) to_.add(name(), make_node<comment_on_node>(object_kind::table, name(), d_.after->comment));
}

}  // namespace azoth::detail
