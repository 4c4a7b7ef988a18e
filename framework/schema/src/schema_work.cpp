#include "schema_work.hpp"

#include "dependency_order.hpp"

#include <azoth/schema/ddl_nodes.hpp>
#include <azoth/schema/reflector.hpp>
#include <azoth/sql/rules.hpp>
#include <azoth/sql/text.hpp>

#include <algorithm>
#include <iterator>
#include <map>

namespace azoth::detail {
namespace {

template <class T>
std::vector<T> reversed(const std::vector<T>& all) {
    return {all.rbegin(), all.rend()};
}

/// Those of the tables of which `is_there` is what is wanted.
std::vector<table_ptr> tables_that(executor& in, const std::vector<table_ptr>& tables, bool wanted) {
    std::map<std::string, std::vector<table_ptr>> by_schema;
    for (const auto& t : tables) by_schema[t->node->schema].push_back(t);
    std::vector<table_ptr> kept;
    for (const auto& [schema, members] : by_schema) {
        std::vector<std::string> names;
        for (const auto& t : members) names.push_back(t->node->name);
        const std::vector<bool> there = in.reflect().have_tables(names, schema);
        for (std::size_t i = 0; i < members.size(); ++i)
            if (there[i] == wanted) kept.push_back(members[i]);
    }
    // In the order given: it decides which of two independent tables comes first.
    std::vector<table_ptr> ordered;
    for (const auto& t : tables)
        if (std::ranges::find(kept, t) != kept.end()) ordered.push_back(t);
    return ordered;
}

schema_definition those_that(executor& in, const schema_definition& all, bool wanted) {
    schema_definition kept;
    const capabilities& can = in.server_profile().can;
    if (!all.tables.empty()) kept.tables = tables_that(in, all.tables, wanted);
    for (const auto& v : all.views)
        if (in.reflect().has_view(v.name.name, v.name.schema) == wanted) kept.views.push_back(v);
    for (const auto& s : all.sequences)
        if (!can.sequences || in.reflect().has_sequence(s.name.name, s.name.schema) == wanted) kept.sequences.push_back(s);
    for (const auto& e : all.enums)
        if (can.schema.enum_types && in.reflect().has_enum(e.name.name, e.name.schema) == wanted) kept.enums.push_back(e);
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
    if (!can.alter_add_constraint && !order.in_cycles.empty() && !rules.deferring_keys.empty())
        plan.all.emplace_back(verbatim_text(rules.deferring_keys));
    for (const auto& t : reversed(order.tables)) plan.add<drop_object_node>(object_kind::table, t->name()).temporary = t->temporary;
    for (const auto& s : all.sequences)  // one that belonged to a column went with its table
        plan.add<drop_object_node>(object_kind::sequence, s.name).if_exists = true;
    if (can.schema.enum_types)
        for (const auto& e : all.enums) plan.add<drop_object_node>(object_kind::enum_type, e.name);
    return std::move(plan.all);
}

}  // namespace azoth::detail
