#include "relation_loader.hpp"

#include "chunks.hpp"
#include "database_groups.hpp"
#include "joined_loads.hpp"
#include "relation_access.hpp"
#include "relation_join.hpp"
#include "row_statements.hpp"

#include <azoth/base/error.hpp>
#include <azoth/sql/select.hpp>

#include <algorithm>
#include <iterator>

namespace azoth::orm::detail {
namespace {

using access = relation_access;

std::vector<std::size_t> own_columns(const std::vector<column_pair>& pairs) {
    std::vector<std::size_t> columns;
    for (const auto& p : pairs) columns.push_back(p.own);
    return columns;
}

void read_other_key(const instance& i, const std::vector<column_pair>& pairs, arena& scratch, std::vector<cell>& key) {
    scratch.clear();
    key.clear();
    for (const auto& p : pairs) key.push_back(column_of(i, p.other, scratch));
}

/// The key of what a relation to a parent leads to; empty where it goes by other columns, or leads nowhere.
std::vector<value> parent_key(const instance& owner, const relation_info& r) {
    arena scratch;
    std::vector<value> key;
    for (const std::size_t k : r.target->key) {
        const auto pair = std::ranges::find(r.columns, k, &column_pair::other);
        if (pair == r.columns.end()) return {};
        const cell at = column_of(owner, pair->own, scratch);
        if (at.is_null()) return {};
        key.emplace_back(at);
    }
    return key;
}

/// Integers without a gap.
struct key_run {
    std::int64_t first;
    std::int64_t last;
};

/// Many integers as a few runs of them, which databases find faster than the members of a list; nothing where they are not that.
std::vector<key_run> runs_of(std::span<const cell> keys) {
    constexpr std::size_t enough = 100;  // in a run
    if (keys.size() < enough || !std::ranges::all_of(keys, [](const cell& c) { return c.tag == cell_tag::i64; })) return {};
    std::vector<std::int64_t> sorted;
    for (const cell& c : keys) sorted.push_back(c.i64);
    if (!std::ranges::is_sorted(sorted)) std::ranges::sort(sorted);
    std::vector<key_run> runs;
    for (const std::int64_t key : sorted) {
        if (!runs.empty() && runs.back().last == key - 1) runs.back().last = key;
        else runs.push_back({key, key});
        if (runs.size() > std::min<std::size_t>(keys.size() / enough, 50)) return {};
    }
    return runs;
}

node_ptr in_runs(const node_ptr& column, std::span<const key_run> runs) {
    const type& of = static_cast<const column_node&>(*column).spec->type;
    std::vector<node_ptr> any;
    for (const key_run& r : runs)
        any.emplace_back(
            make_node<const between_node>(column, bind_of(cell::integer(r.first), of), bind_of(cell::integer(r.last), of), false));
    return any.size() == 1 ? any.front() : make_node<const logical_node>(logical_operator::or_, std::move(any));
}

}  // namespace

void relation_loader::load(std::span<instance* const> owners) {
    std::vector<instance*> open;
    for (instance* i : owners)
        if (!access::of(*i, r_).is_loaded()) open.push_back(i);
    if (open.empty()) return;
    // Children are where their owners are, parents where their keys say.
    const auto key_of = [&](const instance& i) {
        return r_.direction == relation_direction::to_parent ? parent_key(i, r_) : key_of_row(i);
    };
    each_database(session_, table_of(*asked_), open, key_of, [&](std::span<instance* const> some, std::span<const value> key) {
        if (some.size() < open.size()) objects_ = {};  // the query has found them in several databases
        key_ = key;
        load_some(some);
        // A row of the answer may be that of an owner which an earlier transaction has read, and have it read anew: then it is now.
        std::vector<instance*> again;
        std::ranges::copy_if(some, std::back_inserter(again), [&](const instance* i) { return !access::of(*i, r_).is_loaded(); });
        if (!again.empty()) load_some(again);
    });
}

void relation_loader::load_some(std::span<instance* const> owners) {
    if (r_.direction == relation_direction::to_parent) load_parents(owners);
    else load_children(owners);
}

template <class Read>
void relation_loader::each_some(std::span<const cell> all, std::size_t width, Read&& read) const {
    const bool at_once = objects_ || (width == 1 && !runs_of(all).empty());
    const std::size_t some = at_once ? all.size() : keys_at_once(width) * width;
    in_chunks(all, some, read);
}

/// As many as the database takes parameters, and not more than a statement should be long or, of composite keys, deep.
std::size_t relation_loader::keys_at_once(std::size_t width) const {
    if (width > 1) return 200;
    const std::size_t most = session_.connection_to_read(table_of(*asked_), key_).server_profile().can.max_parameters;
    return std::clamp<std::size_t>(most, 1, 5'000);
}

node_ptr relation_loader::condition_on(std::span<const node_ptr> columns, std::span<const cell> of) const {
    if (objects_) return make_node<const in_node>(columns.front(), objects_, false);
    const std::size_t width = columns.size();
    if (const auto runs = width == 1 ? runs_of(of) : std::vector<key_run>{}; !runs.empty()) return in_runs(columns.front(), runs);
    std::vector<std::vector<cell>> list;
    for (; !of.empty(); of = of.subspan(width)) list.emplace_back(of.begin(), of.begin() + static_cast<std::ptrdiff_t>(width));
    return one_of_keys(columns, list);
}

template <class Take>
void relation_loader::run(const node_handle<select_node>& query, std::size_t ahead, Take&& take) {
    if (said_) said_->add_conditions(query->where, *r_.target, table_side(*r_.target));
    const auto batch = std::make_shared<load_batch>();
    batch->options = said_;
    const std::size_t width = query->items.size() - ahead;
    joined_loads joined;
    if (!behind_.empty()) joined.plan_behind(*query, {r_.target, table_side(*r_.target)}, behind_, said_);
    result rows = session_.run(node_ptr{query}, args_, asked_, key_);
    while (rows.next()) {
        instance* item = &session_.take_row(*r_.target, rows.cells().subspan(ahead, width), batch);
        if (!joined.is_empty()) joined.take(session_, rows.cells().subspan(ahead + width), {&item, 1}, nullptr);
        take(*item, rows.cells().first(ahead));
    }
    rows.close();
    session_.read_missing();
    joined.finish();
    found_.insert(found_.end(), batch->members.begin(), batch->members.end());
}

/// Those that the session has already cost no query.
void relation_loader::load_parents(std::span<instance* const> owners) {
    arena scratch;
    objects_by_key wanted{own_columns(r_.columns), owners.size()};
    std::vector<instance*> waiting;
    const bool is_restricted = said_ && said_->restricts(*r_.target);
    for (instance* i : owners) {
        scratch.clear();
        const bool has_null =
            std::ranges::any_of(r_.columns, [&](const column_pair& p) { return column_of(*i, p.own, scratch).is_null(); });
        instance* known = has_null || is_restricted ? nullptr : known_target(*i, r_);
        if (has_null || (known && !known->is_expired)) {
            access::set_loaded(access::one_of(*i, r_), known);
            if (known) found_.push_back(known);
            continue;
        }
        wanted.add(*i);
        waiting.push_back(i);
    }
    if (waiting.empty()) return;
    std::vector<node_ptr> columns;
    for (const auto& p : r_.columns) columns.push_back(r_.target->columns[p.other].node);
    std::vector<cell> key;
    each_some(wanted.keys(), columns.size(), [&](std::span<const cell> some) {
        auto query = azoth::detail::make_select();
        add_columns(*query, *r_.target);
        query->where.push_back(condition_on(columns, some));
        run(query, 0, [&](instance& parent, std::span<const cell>) {
            read_other_key(parent, r_.columns, scratch, key);
            wanted.each(key, [&](instance& i) { access::set_loaded(access::one_of(i, r_), &parent); });
        });
    });
    for (instance* i : waiting)  // a key that leads nowhere
        if (auto& one = access::one_of(*i, r_); !one.is_loaded()) access::set_loaded(one, nullptr);
}

node_handle<select_node> relation_loader::query_for(std::span<const cell> keys) const {
    auto query = azoth::detail::make_select();
    std::vector<node_ptr> columns;
    if (r_.direction == relation_direction::by_table) {
        for (const auto& p : r_.via.own) {
            query->items.push_back({r_.via.columns[p.other], true});
            columns.push_back(r_.via.columns[p.other]);
        }
        query->from.push_back(r_.via.table);
        std::vector<node_ptr> on;
        for (const auto& p : r_.via.other)
            on.emplace_back(make_node<const binary_node>(binary_operator::equal, r_.via.columns[p.other], r_.target->columns[p.own].node));
        query->joins.push_back({join_kind::inner, r_.target->source, all_of(std::move(on))});
    } else if (r_.direction == relation_direction::by_condition) {
        const query_side owner = alias_side(r_.said->condition_owner());
        for (const auto& p : r_.columns) {
            query->items.push_back({owner.columns[p.own], true});
            columns.push_back(owner.columns[p.own]);
        }
        query->from.push_back(owner.source);
        query->joins = joins_along(r_, owner, table_side(*r_.target), join_kind::inner, false);
    } else {
        for (const auto& p : r_.columns) columns.push_back(r_.target->columns[p.other].node);
    }
    add_columns(*query, *r_.target);
    query->where.push_back(condition_on(columns, keys));
    add_order(query->order_by, r_, table_side(*r_.target).columns);
    return query;
}

void relation_loader::load_children(std::span<instance* const> owners) {
    const bool by_table = r_.direction == relation_direction::by_table;
    const auto& pairs = by_table ? r_.via.own : r_.columns;
    objects_by_key by_key{own_columns(pairs), owners.size()};
    for (instance* i : owners) {
        if (access::of(*i, r_).is_loaded()) continue;  // it is there twice
        by_key.add(*i);
        if (r_.is_many) access::set_loaded(access::many_of(*i, r_), {});
        else access::set_loaded(access::one_of(*i, r_), nullptr);
    }
    try {
        each_some(by_key.keys(), pairs.size(), [&](std::span<const cell> some) { relate(query_for(some), by_key); });
        if (by_table && r_.is_many)  // whose rows may say the same twice
            for (const instance* i : owners) access::keep_once(access::many_of(*i, r_));
    } catch (...) {
        for (const instance* i : owners) access::unload(*i, r_);
        throw;
    }
}

void relation_loader::relate(const node_handle<select_node>& query, objects_by_key& by_key) {
    arena scratch;
    std::vector<cell> key;
    const bool by_table = r_.direction == relation_direction::by_table;
    const bool is_key_ahead = by_table || r_.direction == relation_direction::by_condition;
    const auto& pairs = by_table ? r_.via.own : r_.columns;
    const relation_info* back = r_.back();
    if (back && back->direction != relation_direction::to_parent) back = nullptr;
    run(query, is_key_ahead ? pairs.size() : 0, [&](instance& item, std::span<const cell> ahead) {
        const auto relate_to = [&](instance& owner) {
            if (r_.is_many) access::append_loaded(access::many_of(owner, r_), item);
            else if (!access::target(access::one_of(owner, r_))) access::set_loaded(access::one_of(owner, r_), &item);  // the first
            if (back && !access::of(item, *back).is_loaded()) access::set_loaded(access::one_of(item, *back), &owner);
        };
        if (is_key_ahead) return by_key.each(ahead, relate_to);
        read_other_key(item, pairs, scratch, key);
        by_key.each(key, relate_to);
    });
}

}  // namespace azoth::orm::detail
