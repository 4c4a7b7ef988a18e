#include "schema_work.hpp"

#include "dependency_order.hpp"

#include <azoth/schema/ddl_nodes.hpp>
#include <azoth/schema/reflector.hpp>
#include <azoth/sql/rules.hpp>
#include <azoth/sql/text.hpp>

#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <utility>

namespace azoth::detail {
namespace {

template <class T>
std::vector<T> reversed(const std::vector<T>& all) {
    return {all.rbegin(), all.rend()};
}

using have_function = std::vector<bool> (reflector::*)(const std::vector<std::string>&, std::string_view);

/// Those of the objects of which `is_there` is what is wanted, in the order given: it decides which of two independent tables comes first.
/// One question for each schema.
template <class T, class Name>
std::vector<T> those_that(executor& in, const std::vector<T>& objects, Name name, have_function have, bool wanted) {
    std::map<std::string, std::vector<std::string>> names;
    for (const auto& o : objects) names[name(o).schema].push_back(name(o).name);
    std::set<object_name> there;
    for (const auto& [schema, members] : names) {
        const std::vector<bool> found = (in.reflect().*have)(members, schema);
        for (std::size_t i = 0; i < members.size(); ++i)
            if (found[i]) there.insert({schema, members[i]});
    }
    std::vector<T> kept;
    for (const auto& o : objects)
        if (there.contains(name(o)) == wanted) kept.push_back(o);
    return kept;
}

schema_definition those_that(executor& in, const schema_definition& all, bool wanted) {
    const auto name = [](const auto& o) { return o.name; };
    const capabilities& can = in.server_profile().can;
    schema_definition kept;
    kept.tables = those_that(
        in, all.tables, [](const table_ptr& t) { return t->name(); }, &reflector::have_tables, wanted);
    kept.views = those_that(in, all.views, name, &reflector::have_views, wanted);
    // Where there are no sequences, they are refused.
    kept.sequences = can.sequences ? those_that(in, all.sequences, name, &reflector::have_sequences, wanted) : all.sequences;
    if (can.schema.enum_types) kept.enums = those_that(in, all.enums, name, &reflector::have_enums, wanted);
    return kept;
}

class statements {
public:
    template <class Node, class... Args>
    Node& add(Args&&... args) {
        auto made = make_node<Node>(std::forward<Args>(args)...);
        Node& added = *made;
        all.emplace_back(std::move(made));
        return added;
    }
    void comment(object_kind kind, const object_name& name, const std::string& text) {
        if (!text.empty()) add<comment_on_node>(kind, name, text);
    }
    std::vector<node_ptr> all{};
};

void create_tables(statements& to, const std::vector<table_ptr>& tables, bool can_alter) {
    const ordered_tables order = dependency_order(tables);
    for (const auto& t : order.tables)
        // Where keys cannot be added later (SQLite), the database takes a reference to a table that comes later.
        to.add<create_table_node>(t).without_foreign_keys = can_alter && order.is_in_cycle(*t);
    for (const auto& t : order.tables)
        if (can_alter && order.is_in_cycle(*t))
            for (const auto& key : t->foreign_keys) to.add<add_constraint_node>(t->name(), key);
    for (const auto& t : order.tables)
        for (const auto& index : t->indexes) to.add<create_index_node>(t, index);
}

/// Where keys cannot be dropped, tables without them take the place of those that refer to each other: SQLite drops no table of which a key
/// changes rows in another one that refers to what is gone already.
void replace_cycles(statements& to, const ordered_tables& order) {
    for (const auto& t : order.tables) {
        if (!order.is_in_cycle(*t)) continue;
        to.add<drop_object_node>(object_kind::table, t->name()).temporary = t->temporary;
        to.add<create_table_node>(t).without_foreign_keys = true;
    }
}

void add_comments(statements& to, const schema_definition& all) {
    for (const auto& t : all.tables) std::ranges::move(table_comments(t), std::back_inserter(to.all));
    for (const auto& v : all.views) to.comment(kind_of(v), v.name, v.comment);
    for (const auto& s : all.sequences) to.comment(object_kind::sequence, s.name, s.comment);
    for (const auto& e : all.enums) to.comment(object_kind::enum_type, e.name, e.comment);
}

}  // namespace

std::vector<node_ptr> table_comments(const table_ptr& t) {
    statements made;
    made.comment(object_kind::table, t->name(), t->comment);
    for (std::size_t i = 0; i < t->details.size(); ++i) {
        if (t->details[i].comment.empty()) continue;
        auto& on_column = made.add<comment_on_node>(object_kind::table, t->name(), t->details[i].comment);
        on_column.table = t;
        on_column.column = t->node->columns[i].name;
    }
    return std::move(made.all);
}

schema_definition missing_in(executor& in, const schema_definition& all) { return those_that(in, all, false); }
schema_definition present_in(executor& in, const schema_definition& all) { return those_that(in, all, true); }

std::vector<node_ptr> creating(const schema_definition& all, const capabilities& can, const ddl_rules& rules) {
    statements plan;
    if (can.schema.enum_types)  // elsewhere the columns say the labels
        for (const auto& e : all.enums) plan.add<create_enum_node>(e);
    for (const auto& s : all.sequences) plan.add<create_sequence_node>(s);
    create_tables(plan, all.tables, can.alter_add_constraint);
    for (const auto* v : view_order(all.views)) plan.add<create_view_node>(*v);
    for (const auto& t : all.tables)
        for (const auto& trigger : t->triggers) plan.add<create_trigger_node>(trigger);
    for (const auto& v : all.views)
        for (const auto& trigger : v.triggers) plan.add<create_trigger_node>(trigger);
    if (can.comments && !rules.inline_comments) add_comments(plan, all);
    return std::move(plan.all);
}

std::vector<node_ptr> dropping(const schema_definition& all, const capabilities& can, const ddl_rules& rules) {
    statements plan;
    for (const auto* v : reversed(view_order(all.views))) plan.add<drop_object_node>(kind_of(*v), v->name);
    const ordered_tables order = dependency_order(all.tables);
    for (const auto& t : order.tables)
        if (can.alter_add_constraint && order.is_in_cycle(*t))
            for (const auto& key : t->foreign_keys) plan.add<drop_constraint_node>(t->name(), key.name, constraint_kind::foreign_key);
    if (!can.alter_add_constraint && !order.in_cycles.empty() && !rules.deferring_keys.empty()) {
        plan.all.emplace_back(verbatim_text(rules.deferring_keys));
        replace_cycles(plan, order);
    }
    for (const auto& t : reversed(order.tables)) plan.add<drop_object_node>(object_kind::table, t->name()).temporary = t->temporary;
    for (const auto& s : all.sequences)  // one that belonged to a column went with its table
        plan.add<drop_object_node>(object_kind::sequence, s.name).if_exists = true;
    if (can.schema.enum_types)
        for (const auto& e : all.enums) plan.add<drop_object_node>(object_kind::enum_type, e.name);
    return std::move(plan.all);
}

}  // namespace azoth::detail
