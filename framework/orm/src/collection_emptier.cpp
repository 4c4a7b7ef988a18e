#include "collection_emptier.hpp"

#include "chunks.hpp"
#include "class_keys.hpp"
#include "database_groups.hpp"
#include "row_statements.hpp"

#include <azoth/base/error.hpp>
#include <azoth/sql/dml.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace azoth::orm::detail {
namespace {

node_ptr equal(const node_ptr& a, const node_ptr& b) { return make_node<const binary_node>(binary_operator::equal, a, b); }

/// EXISTS of one of the rows of `of` that are meant, for the row of `outer`.
node_ptr exists_one(const entity_class& of, std::vector<node_ptr> where, const node_ptr& outer) {
    auto query = azoth::detail::make_select();
    query->items.push_back({make_node<const literal_node>(value{std::int64_t{1}}, azoth::detail::type_for<std::int64_t>()), true});
    query->from.push_back(of.source);
    query->where = std::move(where);
    query->correlation = select_node::correlations::said;
    query->correlated.push_back(outer);
    return azoth::detail::make_exists(node_ptr{query});
}

node_ptr delete_where(const node_ptr& table, node_ptr condition) {
    auto statement = azoth::detail::make_delete(table);
    statement->where.push_back(std::move(condition));
    return node_ptr{statement};
}

}  // namespace

void collection_emptier::empty(std::span<const collection> all, const entity_class& next) {
    std::vector<std::pair<const relation_info*, std::vector<instance*>>> due;
    for (const auto& [owner, r] : all) {
        const auto keys = keys_of_rows(*r->target);
        const bool is_due = owner->of == &next || std::ranges::any_of(keys, [&](const row_key& key) { return refers_to(*key.key, next); });
        if (!is_due || emptied_.contains({owner, r})) continue;
        auto at = std::ranges::find(due, r, [](const auto& d) { return d.first; });
        if (at == due.end()) at = due.insert(due.end(), {r, {}});
        at->second.push_back(owner);
        emptied_.insert({owner, r});
    }
    for (const auto& [r, owners] : due) empty(*r, owners);
}

void collection_emptier::empty(const relation_info& r, std::span<instance* const> owners) {
    each_database(session_, table_of(*r.target), owners, key_of_row, [&](std::span<instance* const> some, std::span<const value> key) {
        key_ = key;
        empty_some(r, some);
    });
}

void collection_emptier::empty_some(const relation_info& r, std::span<instance* const> owners) {
    from_ = &r;
    std::vector<node_ptr> columns;
    for (const auto& p : r.columns) columns.push_back(r.target->columns[p.other].node);
    constexpr std::size_t at_once = 500;
    in_chunks(owners, at_once, [&](std::span<instance* const> some) {
        std::vector<std::vector<cell>> keys;
        for (const instance* i : some) {
            auto& key = keys.emplace_back();
            for (const auto& p : r.columns) key.push_back(i->committed[p.own]);
        }
        let_go(r, {r.target, with_class(one_of_keys(columns, keys), *r.target, table_side(*r.target))});
    });
}

/// Rows whose parents go: they go, too, and what refers to them before, or lead to nobody.
void collection_emptier::let_go(const relation_info& r, const rows& led_to) {
    const entity_class& of = *led_to.of;
    if (r.said->cascades_delete) {
        require_one_table(r);
        path_.push_back(&of);
        for (const auto& next : of.relations()) leave(next, led_to);
        path_.pop_back();
        return run(of, delete_where(of.table->table, led_to.are));
    }
    const auto part = std::ranges::find_if(of.parts, [&](const class_part& p) { return p.owns(r.columns.front().other); });
    auto update = azoth::detail::make_update(node_ptr{part->table->table});
    for (const auto& p : r.columns)
        if (const class_column& column = of.columns[p.other]; column.spec->nullable)
            update->values.push_back({column.node, bind_of(cell{}, column.spec->type)});
    update->where.push_back(led_to.are);
    run(of, node_ptr{update});
}

/// What a relation of rows that go leads to, as a flush treats it that has the objects.
void collection_emptier::leave(const relation_info& r, const rows& going) {
    if (r.said->view_only || r.direction == relation_direction::by_condition) return;
    std::vector<node_ptr> on;
    if (r.direction == relation_direction::by_table) {
        for (const auto& p : r.via.own) on.push_back(equal(r.via.columns[p.other], going.of->columns[p.own].node));
        on.push_back(going.are);
        return run(*going.of, delete_where(r.via.table, exists_one(*going.of, std::move(on), r.via.table)));
    }
    if (r.direction == relation_direction::to_parent) {
        if (r.said->cascades_delete) require_outside(r);
        return;
    }
    if (r.said->passive_deletes || (!r.said->cascades_delete && r.is_required)) return;  // the database's
    require_outside(r);
    for (const auto& p : r.columns) on.push_back(equal(r.target->columns[p.other].node, going.of->columns[p.own].node));
    on.push_back(going.are);
    let_go(r, {r.target, with_class(exists_one(*going.of, std::move(on), r.target->table->table), *r.target, table_side(*r.target))});
}

void collection_emptier::require_one_table(const relation_info& r) const {
    if (std::ranges::all_of(r.target->below(), [](const entity_class* of) { return of->parts.size() == 1; })) return;
    throw_error(errc::misuse,
                fmt::format("{} is write_only and goes with its owner, and rows of {} are in several tables: that cannot be said by "
                            "statements. Leave it to the database: cascade_delete.passive(), with on_delete(cascade) at the keys",
                            from_->name, r.target->name()));
}

void collection_emptier::require_outside(const relation_info& r) const {
    if (r.direction == relation_direction::to_children && std::ranges::find(path_, r.target) == path_.end()) return;
    throw_error(errc::misuse,
                fmt::format("{} is write_only and goes with its owner, and so does what {} leads to: that cannot be said by "
                            "statements. Leave it to the database: cascade_delete.passive(), with on_delete(cascade) at the key",
                            from_->name, r.name));
}

void collection_emptier::run(const entity_class& of, node_ptr statement) {
    auto concerned = written_objects::before(session_, statement, {});
    session_.count_statement(statement);
    result rows = session_.connection_to_write(table_of(of), key_).run(statement, {}, {});
    if (!concerned) return;
    if (concerned->returned_columns() != 0)
        while (rows.next()) concerned->take(rows.cells());
    concerned_.push_back(std::move(concerned));
}

bool collection_emptier::has_deleted(instance& i) const {
    return std::ranges::any_of(concerned_, [&](const auto& w) { return w->deletes() && w->concerned().contains(&i); });
}

void collection_emptier::finish() {
    for (const auto& w : concerned_) w->finish();
    concerned_.clear();
}

}  // namespace azoth::orm::detail
