#include "unit_of_work.hpp"

#include "columns_by_hand.hpp"
#include "computed_columns.hpp"
#include "gone_objects.hpp"
#include "relation_access.hpp"
#include "row_statements.hpp"
#include "versioning.hpp"

#include <azoth/base/error.hpp>
#include <azoth/sql/dml.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

namespace azoth::orm::detail {
namespace {

using access = relation_access;

/// Calls `work` for each run of objects of one class.
template <class Work>
void each_class(std::span<instance* const> objects, Work&& work) {
    for (std::size_t from = 0; from < objects.size();) {
        std::size_t to = from + 1;
        while (to < objects.size() && objects[to]->of == objects[from]->of) ++to;
        work(objects.subspan(from, to - from));
        from = to;
    }
}

/// What the mapping makes where the object has nothing: the object gets it.
void fill_defaults(instance& i, arena& scratch) {
    const auto& specs = i.of->table->table->columns;
    for (std::size_t c = 0; c < specs.size(); ++c) {
        const auto* bind = node_cast<bind_node>(specs[c].on_insert);
        if (!bind || !bind->maker) continue;
        const cell now = column_of(i, c, scratch);
        if (!now.is_null() && !(specs[c].primary_key && is_unset_key(now))) continue;
        set_column(i, c, bind->maker->make().view());
    }
}

/// Whether the database makes the column's value.
bool is_left_out(const instance& i, std::size_t column, arena& scratch) {
    const column_spec& spec = i.of->table->table->columns[column];
    if (is_computed(*i.of, column)) return true;
    const cell now = column_of(i, column, scratch);
    if (spec.generated) return is_unset(now);
    return now.is_null() && (spec.has_default || spec.on_insert);
}

std::vector<cell> copied_key(const instance& i) {
    std::vector<cell> key;
    for (const std::size_t c : i.of->key) key.push_back(i.committed[c]);
    return key;
}

}  // namespace

bool unit_of_work::run() {
    const std::size_t removed_before = session_.removed().size();
    try {
        plan_ = plan_flush(session_);
        if (plan_.is_empty() && plan_.dropped.empty()) return false;
        order_plan(plan_);
        // Savepoint: a statement that fails takes back no more than this flush.
        transaction mine = session_.connection().begin_nested();
        write();
        mine.commit();
    } catch (...) {
        take_back();
        for (auto& removed = session_.removed(); removed.size() > removed_before; removed.pop_back()) removed.back()->is_removed = false;
        throw;
    }
    finish();
    return true;
}

void unit_of_work::keep(instance& i) { kept_.push_back({&i, i.state, i.is_removed, copy_columns(i, session_.scratch()), nullptr}); }

void unit_of_work::follow(instance& child, bool postponed) {
    const auto at = plan_.followers.find(&child);
    if (at == plan_.followers.end()) return;
    for (const follower& f : at->second) {
        if (f.is_postponed != postponed) continue;
        for (const auto& p : f.by->columns) {
            const std::size_t column = f.child_column(p);
            if (f.parent) {
                set_column(child, column, column_of(*f.parent, f.parent_column(p), session_.scratch()));
                continue;
            }
            if (!child.of->table->members[column].access->nullable)
                throw_error(errc::not_null_violation,
                            fmt::format("{} has lost what {} leads to, and {} cannot be NULL: relate it to another, remove it (or say "
                                        "cascade_all_delete_orphan), or make the member a std::optional",
                                        describe_object(child), f.by->name, child.of->table->members[column].name));
            set_column(child, column, cell{});
        }
    }
}

void unit_of_work::write() {
    insert_all();
    update_all();
    leave_associations();
    dissociate();
    associate();
    delete_all();
}

// inserts

void unit_of_work::insert_all() {
    std::size_t from = 0;
    for (const std::size_t to : plan_.insert_ends) {
        const auto batch = std::span<instance* const>{plan_.inserts}.subspan(from, to - from);
        for (instance* i : batch) {
            require_loaded(*i);
            keep(*i);
            session_.scratch().clear();
            follow(*i, false);
            fill_defaults(*i, session_.scratch());
            begin_version(*i);
            session_.notify(object_event::before_insert, *i);
        }
        insert_some(batch);
        for (instance* i : batch) session_.notify(object_event::after_insert, *i);
        from = to;
    }
}

void unit_of_work::insert_some(std::span<instance* const> batch) {
    const entity_class& of = *batch.front()->of;
    const std::size_t width = of.table->members.size();
    // Objects that leave the same columns to the database share a statement.
    std::map<std::vector<bool>, std::vector<instance*>> groups;
    for (instance* i : batch) {
        session_.scratch().clear();
        std::vector<bool> left(width);
        for (std::size_t c = 0; c < width; ++c) left[c] = is_left_out(*i, c, session_.scratch());
        groups[std::move(left)].push_back(i);
    }
    for (const auto& [left, objects] : groups) {
        std::vector<std::size_t> sent;
        std::vector<std::size_t> made;
        for (std::size_t c = 0; c < width; ++c) (left[c] ? made : sent).push_back(c);
        instance_rows rows{objects, sent};
        const auto statement = insert_of(of, sent, made);
        session_.count_statement(node_ptr{statement});
        result found = session_.connection(&of).insert_rows(statement, rows, {});
        if (made.empty()) continue;
        for (instance* i : objects) {
            if (!found.next()) throw_error(errc::internal, fmt::format("an insert of {} has returned too few rows", of.name()));
            for (std::size_t m = 0; m < made.size(); ++m) set_column(*i, made[m], found.cells()[m]);
        }
    }
}

// updates

void unit_of_work::update_all() {
    // New objects whose keys the others have been waiting for.
    for (instance* i : plan_.inserts) {
        const auto at = plan_.followers.find(i);
        if (at == plan_.followers.end() || std::ranges::none_of(at->second, &follower::is_postponed)) continue;
        session_.scratch().clear();
        take_snapshot(*i, session_.scratch());
        follow(*i, true);
        plan_.updates.push_back(i);
    }
    for (instance* i : plan_.updates) {
        if (i->state == object_state::pending) continue;
        keep(*i);
        session_.scratch().clear();
        follow(*i, false);
    }
    each_class(plan_.updates, [&](std::span<instance* const> objects) { update_some(objects); });
}

void unit_of_work::update_some(std::span<instance* const> objects) {
    const entity_class& of = *objects.front()->of;
    std::vector<node_ptr> statements;
    std::vector<instance*> written;
    std::vector<std::size_t> changed;
    for (instance* i : objects) {
        session_.scratch().clear();
        find_changes(*i, session_.scratch(), changed);
        std::erase_if(changed, [&](std::size_t c) { return is_computed(of, c); });
        if (changed.empty()) continue;
        if (session_.notify(object_event::before_update, *i)) {
            find_changes(*i, session_.scratch(), changed);
            std::erase_if(changed, [&](std::size_t c) { return is_computed(of, c); });
            if (changed.empty()) continue;
        }
        advance_version(*i, changed);
        auto update = azoth::detail::make_update(node_ptr{of.table->table});
        for (const std::size_t c : changed)
            update->values.push_back(
                {of.table->columns[c], bind_of(column_of(*i, c, session_.scratch()), of.table->table->columns[c].type)});
        add_key(update->where, of, copied_key(*i));
        add_version(update->where, *i);
        statements.emplace_back(update);
        written.push_back(i);
    }
    if (statements.empty()) return;
    for (const auto& s : statements) session_.count_statement(s);
    auto results = session_.connection(&of).run_batch(statements, {});
    for (std::size_t i = 0; i < results.size(); ++i)
        if (results[i].affected_rows() == 0) throw_stale(*written[i], "changed or deleted");
    read_computed(session_, written);
    for (instance* i : written) session_.notify(object_event::after_update, *i);
}

// deletes

void unit_of_work::delete_all() {
    unlink_circles();
    std::size_t from = 0;
    for (const std::size_t to : plan_.delete_ends) {
        delete_some(std::span<instance* const>{plan_.deletes}.subspan(from, to - from));
        from = to;
    }
    for (instance* i : plan_.deletes) session_.notify(object_event::after_delete, *i);
}

void unit_of_work::unlink_circles() {
    for (const auto& [i, columns] : plan_.unlinked) {
        const entity_class& of = *i->of;
        auto update = azoth::detail::make_update(node_ptr{of.table->table});
        for (const std::size_t c : columns)
            update->values.push_back({of.table->columns[c], bind_of(cell{}, of.table->table->columns[c].type)});
        add_key(update->where, of, copied_key(*i));
        session_.count_statement(node_ptr{update});
        (void)session_.connection(&of).run(node_ptr{update}, {}, {});
    }
}

void unit_of_work::delete_some(std::span<instance* const> objects) {
    for (instance* i : objects) keep(*i);
    for (instance* i : objects) session_.notify(object_event::before_delete, *i);
    const entity_class& of = *objects.front()->of;
    if (of.version) return delete_each(objects);
    std::vector<node_ptr> columns;
    for (const std::size_t c : of.key) columns.push_back(of.table->columns[c]);
    constexpr std::size_t at_once = 500;
    for (std::size_t from = 0; from < objects.size(); from += at_once) {
        const auto some = objects.subspan(from, std::min(at_once, objects.size() - from));
        std::vector<std::vector<cell>> keys;
        for (const instance* i : some) keys.push_back(copied_key(*i));
        auto statement = azoth::detail::make_delete(node_ptr{of.table->table});
        statement->where.push_back(one_of_keys(columns, keys));
        session_.count_statement(node_ptr{statement});
        const auto affected = session_.connection(&of).run(node_ptr{statement}, {}, {}).affected_rows();
        if (affected >= 0 && static_cast<std::size_t>(affected) < some.size())
            throw_stale(*some.front(), "deleted (it, or one that is removed with it,)");
    }
}

/// A statement a row, so that the one whose version has changed can be named.
void unit_of_work::delete_each(std::span<instance* const> objects) {
    const entity_class& of = *objects.front()->of;
    std::vector<node_ptr> statements;
    for (const instance* i : objects) {
        auto statement = azoth::detail::make_delete(node_ptr{of.table->table});
        add_key(statement->where, of, copied_key(*i));
        add_version(statement->where, *i);
        session_.count_statement(node_ptr{statement});
        statements.emplace_back(statement);
    }
    const auto results = session_.connection(&of).run_batch(statements, {});
    for (std::size_t i = 0; i < results.size(); ++i)
        if (results[i].affected_rows() == 0) throw_stale(*objects[i], "changed or deleted");
}

// many to many

namespace {

std::vector<node_ptr> columns_in(const association& via, const std::vector<column_pair>& pairs) {
    std::vector<node_ptr> columns;
    for (const auto& p : pairs) columns.push_back(via.columns[p.other]);
    return columns;
}

std::vector<cell> key_in(const instance& i, const std::vector<column_pair>& pairs, arena& scratch) {
    std::vector<cell> key;
    for (const auto& p : pairs) key.push_back(column_of(i, p.own, scratch));
    return key;
}

}  // namespace

void unit_of_work::leave_associations() {
    for (const auto& [i, r] : plan_.left) {
        session_.scratch().clear();
        const std::vector<std::vector<cell>> keys{key_in(*i, r->via.own, session_.scratch())};
        auto statement = azoth::detail::make_delete(r->via.table);
        statement->where.push_back(one_of_keys(columns_in(r->via, r->via.own), keys));
        session_.count_statement(node_ptr{statement});
        (void)session_.connection(i->of).run(node_ptr{statement}, {}, {});
    }
}

void unit_of_work::dissociate() {
    for (const auto& pair : plan_.dissociated) {
        const association& via = pair.by->via;
        session_.scratch().clear();
        std::vector<node_ptr> columns = columns_in(via, via.own);
        std::vector<cell> key = key_in(*pair.one, via.own, session_.scratch());
        std::ranges::copy(columns_in(via, via.other), std::back_inserter(columns));
        std::ranges::copy(key_in(*pair.other, via.other, session_.scratch()), std::back_inserter(key));
        auto statement = azoth::detail::make_delete(via.table);
        for (std::size_t c = 0; c < columns.size(); ++c) statement->where.push_back(equals(columns[c], key[c]));
        session_.count_statement(node_ptr{statement});
        (void)session_.connection(pair.one->of).run(node_ptr{statement}, {}, {});
    }
}

void unit_of_work::associate() {
    std::map<const association*, std::vector<std::vector<value>>> rows;
    std::map<const association*, const associated_pair*> any;
    for (const auto& pair : plan_.associated) {
        const association& via = pair.by->via;
        session_.scratch().clear();
        std::vector<value> row;
        for (const cell& c : key_in(*pair.one, via.own, session_.scratch())) row.emplace_back(c);
        for (const cell& c : key_in(*pair.other, via.other, session_.scratch())) row.emplace_back(c);
        rows[&via].push_back(std::move(row));
        any[&via] = &pair;
    }
    for (const auto& [via, values] : rows) {
        auto statement = azoth::detail::make_insert(via->table);
        statement->columns = columns_in(*via, via->own);
        std::ranges::copy(columns_in(*via, via->other), std::back_inserter(statement->columns));
        azoth::detail::value_rows source{values};
        session_.count_statement(node_ptr{statement});
        (void)session_.connection(any[via]->one->of).insert_rows(statement, source, {});
    }
}

// the end

void unit_of_work::finish() {
    for (undo_step& step : kept_) {
        instance& i = *step.of;
        session_.scratch().clear();
        if (step.is_removed) {
            session_.forget(i);
            i.state = object_state::deleted;
            i.is_removed = false;
            step.committed = copy_cells({i.committed.get(), i.of->table->members.size()});
            step.columns = nullptr;
        } else {
            if (step.state == object_state::persistent) {
                session_.forget(i);
                step.committed = std::move(i.committed);
            }
            take_snapshot(i, session_.scratch());
            i.state = object_state::persistent;
            i.seen = session_.transaction_number();
            session_.know(i);
            if (step.committed) unload_by_columns(session_, i, step.committed.get());
        }
        session_.log(std::move(step));
    }
    for (instance* i : plan_.dropped) i->state = object_state::transient;
    leave_relations(session_, plan_);
    session_.pending().clear();
    session_.removed().clear();
    for (const auto* all : {&plan_.inserts, &plan_.updates})
        for (instance* i : *all)
            for (const auto& r : i->of->relations()) access::forget_changes(*i, r);
}

/// Objects as they were before the flush; the database's part has been taken back already.
void unit_of_work::take_back() noexcept {
    while (!kept_.empty()) {
        undo_step& step = kept_.back();
        if (step.columns)
            for (std::size_t c = 0; c < step.of->of->table->members.size(); ++c) set_column(*step.of, c, step.columns[c]);
        if (step.state == object_state::pending) step.of->committed.reset();
        kept_.pop_back();
    }
}

}  // namespace azoth::orm::detail
