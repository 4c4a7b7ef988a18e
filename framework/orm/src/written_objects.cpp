#include "written_objects.hpp"

#include "chunks.hpp"
#include "relation_join.hpp"
#include "row_statements.hpp"

#include <azoth/sql/dml.hpp>

#include <algorithm>

namespace azoth::orm::detail {
namespace {

/// The class of the table's objects, where the session has some.
const entity_class* class_known(session_core& in, const node_ptr& table) {
    for (const auto& [of, all] : in.identities())
        if (const auto* t = node_cast<table_node>(table_beneath(table)); t && all.size() != 0 && of->has_table(*t)) return of;
    return nullptr;
}

std::vector<node_ptr> key_columns(const entity_class& of, const node_ptr& table) {
    const auto part = std::ranges::find(of.parts, table_beneath(table), [](const class_part& p) { return node_ptr{p.table->table}; });
    std::vector<node_ptr> key;
    for (const auto& k : part->key) key.push_back(azoth::detail::make_column(table, *static_cast<const column_node&>(*k).spec));
    return key;
}

bool assigns_key(const delete_node&, const entity_class&) { return false; }

bool assigns_key(const update_node& n, const entity_class& of) {
    return std::ranges::any_of(n.values, [&](const assignment& a) {
        const auto* column = node_cast<column_node>(a.column);
        return column && std::ranges::any_of(of.key, [&](std::size_t k) {
                   return column->spec->name == static_cast<const column_node&>(*of.columns[k].node).spec->name;
               });
    });
}

/// SELECT of the rows that the statement is going to meet.
template <class Node>
node_handle<select_node> rows_met(const Node& n, const std::vector<node_ptr>& columns) {
    auto query = azoth::detail::make_select();
    for (const auto& c : columns) query->items.push_back({c, true});
    query->from.push_back(n.table);
    query->joins = n.joins;
    query->where = n.where;
    query->order_by = n.order_by;
    query->limit = n.limit;
    return query;
}

template <class Node>
bool can_return(const Node& n, bool is_claimed) {
    return is_claimed && n.joins.empty() && n.order_by.empty() && !n.limit;
}

template <class Node>
node_ptr with_returned(const Node& n, const std::vector<node_ptr>& columns) {
    auto changed = make_node<Node>(n);
    for (const auto& c : columns) changed->returning.push_back({c, true});
    return node_ptr{changed};
}

}  // namespace

std::unique_ptr<written_objects> written_objects::before(session_core& in, node_ptr& statement, std::span<const argument> args) {
    if (const auto* update = node_cast<update_node>(statement)) return before(in, *update, false, statement, args);
    if (const auto* erase = node_cast<delete_node>(statement)) return before(in, *erase, true, statement, args);
    return {};
}

template <class Node>
std::unique_ptr<written_objects> written_objects::before(session_core& in, const Node& n, bool deletes, node_ptr& statement,
                                                         std::span<const argument> args) {
    const entity_class* of = class_known(in, n.table);
    if (!of) return {};
    std::unique_ptr<written_objects> made{new written_objects{in, *of, deletes}};
    const auto columns = key_columns(*of, n.table);
    const auto& can = in.connection(of).server_profile().can;
    made->is_returned_ = can_return(n, deletes ? can.returning_on_delete : can.returning_on_update) && !assigns_key(n, *of);
    if (made->is_returned_) statement = with_returned(n, columns);
    else made->ask(*rows_met(n, columns), args);
    return made;
}

void written_objects::ask(const select_node& keys, std::span<const argument> args) {
    result rows = session_.run(make_node<const select_node>(keys), args);
    while (rows.next()) take(rows.cells());
    taken_ = 0;
}

void written_objects::take(std::span<const cell> key) {
    ++taken_;
    instance* known = session_.find_row_of(*of_, key);
    if (!known || known->state != object_state::persistent || !concerned_.insert(known).second) return;
    if (!deletes_) session_.log_columns(*known);
}

void written_objects::finish() {
    if (deletes_) return forget_all();
    for (instance* i : concerned_) session_.expire(*i);
    const std::vector<instance*> all{concerned_.begin(), concerned_.end()};
    constexpr std::size_t at_once = 500;
    in_chunks(std::span{all}, at_once, [&](std::span<instance* const> some) { read_again(some); });
}

void written_objects::forget_all() {
    for (instance* i : concerned_) {
        if (i->state != object_state::persistent) continue;  // the program has removed it, too
        session_.log({.of = i, .state = object_state::persistent, .committed = i->committed.copy()});
        session_.forget(*i);
        session_.set_deleted(*i);
    }
}

void written_objects::read_again(std::span<instance* const> some) {
    auto query = azoth::detail::make_select();
    const entity_class& of = *of_->root;  // objects of all that share the rows
    add_columns(*query, of);
    query->where.push_back(one_of_keys(of.parts.front().key, committed_keys(some)));
    const auto batch = std::make_shared<load_batch>();
    result rows = session_.run(node_ptr{query}, {});
    while (rows.next()) (void)session_.take_row(of, rows.cells(), batch);
    rows.close();
    session_.read_missing();
}

}  // namespace azoth::orm::detail
