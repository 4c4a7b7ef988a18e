#include "schema_work.hpp"

#include "dependency_order.hpp"

#include <azoth/schema/ddl_nodes.hpp>
#include <azoth/schema/reflector.hpp>
#include <azoth/sql/rules.hpp>

#include <algorithm>
#include <map>

namespace azoth::detail {
namespace {

object_name name_of(const table_definition& t) { return {t.node->schema, t.node->name}; }

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

/// Views, those that are read before those that read them.
class view_sorter {
public:
    explicit view_sorter(const std::vector<view_definition>& views) {
        for (const auto& v : views) known_.emplace(v.name, &v);
        for (const auto& v : views) visit(v);
    }
    std::vector<const view_definition*> sorted{};

private:
    void visit(const view_definition& v) {
        if (!std::exchange(seen_[&v], true)) {
            for (const auto& name : v.reads)
                if (const auto found = known_.find(name); found != known_.end()) visit(*found->second);
            sorted.push_back(&v);
        }
    }
    std::map<object_name, const view_definition*> known_{};
    std::map<const view_definition*, bool> seen_{};
};

void comment(executor& in, object_kind kind, const object_name& name, const std::string& text) {
    if (!text.empty()) in.run(comment_on_node{kind, name, text}, nullptr);
}

void comment_table(executor& in, const table_ptr& t) {
    comment(in, object_kind::table, name_of(*t), t->comment);
    for (std::size_t i = 0; i < t->details.size(); ++i) {
        if (t->details[i].comment.empty()) continue;
        comment_on_node node{object_kind::table, name_of(*t), t->details[i].comment};
        node.table = t;
        node.column = t->node->columns[i].name;
        in.run(node, nullptr);
    }
}

void create_tables(executor& in, const std::vector<table_ptr>& tables) {
    const ordered_tables order = dependency_order(tables);
    const bool can_alter = in.server_profile().can.alter_add_constraint;
    for (const auto& t : order.tables) {
        auto statement = make_node<create_table_node>(t);
        // Where keys cannot be added later (SQLite), the database takes a reference to a table that comes later.
        statement->without_foreign_keys = can_alter && order.is_in_cycle(*t);
        in.run(*statement, nullptr);
    }
    for (const auto& t : order.tables)
        if (can_alter && order.is_in_cycle(*t))
            for (const auto& key : t->foreign_keys) in.run(add_constraint_node{name_of(*t), key}, nullptr);
    for (const auto& t : order.tables)
        for (const auto& index : t->indexes) in.run(create_index_node{t, index}, nullptr);
}

bool writes_comments(executor& in) { return in.server_profile().can.comments && !in.rules().ddl.inline_comments; }

}  // namespace

schema_definition missing_in(executor& in, const schema_definition& all) { return those_that(in, all, false); }
schema_definition present_in(executor& in, const schema_definition& all) { return those_that(in, all, true); }

void create_schema_objects(executor& in, const schema_definition& all) {
    const capabilities& can = in.server_profile().can;
    if (can.schema.enum_types)  // elsewhere the columns say the labels
        for (const auto& e : all.enums) in.run(create_enum_node{e}, nullptr);
    for (const auto& s : all.sequences) in.run(create_sequence_node{s}, nullptr);
    create_tables(in, all.tables);
    const view_sorter views{all.views};
    for (const auto* v : views.sorted) in.run(create_view_node{*v}, nullptr);
    if (!writes_comments(in)) return;
    for (const auto& t : all.tables) comment_table(in, t);
    for (const auto& v : all.views) comment(in, v.materialized ? object_kind::materialized_view : object_kind::view, v.name, v.comment);
    for (const auto& s : all.sequences) comment(in, object_kind::sequence, s.name, s.comment);
    for (const auto& e : all.enums) comment(in, object_kind::enum_type, e.name, e.comment);
}

void drop_schema_objects(executor& in, const schema_definition& all) {
    const capabilities& can = in.server_profile().can;
    const view_sorter views{all.views};
    for (auto v = views.sorted.rbegin(); v != views.sorted.rend(); ++v)
        in.run(drop_object_node{(*v)->materialized ? object_kind::materialized_view : object_kind::view, (*v)->name}, nullptr);
    const ordered_tables order = dependency_order(all.tables);
    for (const auto& t : order.tables)
        if (can.alter_add_constraint && order.is_in_cycle(*t))
            for (const auto& key : t->foreign_keys)
                in.run(drop_constraint_node{name_of(*t), key.name, constraint_kind::foreign_key}, nullptr);
    for (auto t = order.tables.rbegin(); t != order.tables.rend(); ++t) {
        drop_object_node drop{object_kind::table, name_of(**t)};
        drop.temporary = (*t)->temporary;
        in.run(drop, nullptr);
    }
    for (const auto& s : all.sequences) in.run(drop_object_node{object_kind::sequence, s.name}, nullptr);
    if (can.schema.enum_types)
        for (const auto& e : all.enums) in.run(drop_object_node{object_kind::enum_type, e.name}, nullptr);
}

}  // namespace azoth::detail
