#include "relation_loader.hpp"

#include "relation_access.hpp"
#include "relation_join.hpp"
#include "row_statements.hpp"

#include <azoth/base/error.hpp>
#include <azoth/sql/select.hpp>

#include <algorithm>
#include <limits>
#include <unordered_map>

namespace azoth::orm::detail {
namespace {

using access = relation_access;

std::vector<cell> own_key(const instance& i, const std::vector<column_pair>& pairs, arena& scratch) {
    std::vector<cell> key;
    for (const auto& p : pairs) key.push_back(column_of(i, p.own, scratch));
    return key;
}

std::vector<cell> other_key(const instance& i, const std::vector<column_pair>& pairs, arena& scratch) {
    std::vector<cell> key;
    for (const auto& p : pairs) key.push_back(column_of(i, p.other, scratch));
    return key;
}

bool has_null(const std::vector<cell>& key) {
    return std::ranges::any_of(key, [](const cell& c) { return c.is_null(); });
}

/// Objects by the values of the columns by which they are related.
class objects_by_key {
public:
    objects_by_key(const std::vector<column_pair>& by, std::size_t expected) : by_{by} { all_.reserve(expected); }
    void add(instance& i) { all_.emplace(hash_of(own_key(i, by_, scratch_)), &i); }
    template <class Work>
    void each(std::span<const cell> key, Work&& work) {
        const auto [from, to] = all_.equal_range(hash_of(key));
        for (auto at = from; at != to; ++at)
            if (has_key(*at->second, key)) work(*at->second);
    }

private:
    bool has_key(const instance& i, std::span<const cell> key) {
        scratch_.clear();
        for (std::size_t k = 0; k < key.size(); ++k)
            if (!is_same(column_of(i, by_[k].own, scratch_), key[k])) return false;
        return true;
    }
    const std::vector<column_pair>& by_;
    std::unordered_multimap<std::uint64_t, instance*> all_{};
    arena scratch_{};
};

/// The keys of objects, each once.
std::vector<std::vector<cell>> keys_of(std::span<instance* const> objects, const std::vector<column_pair>& by, arena& scratch) {
    std::vector<std::vector<cell>> keys;
    std::unordered_multimap<std::uint64_t, std::size_t> known;
    for (const instance* i : objects) {
        auto key = own_key(*i, by, scratch);
        const std::uint64_t hash = hash_of(key);
        const auto [from, to] = known.equal_range(hash);
        if (std::any_of(from, to, [&](const auto& k) { return std::ranges::equal(keys[k.second], key, is_same); })) continue;
        known.emplace(hash, keys.size());
        keys.push_back(std::move(key));
    }
    return keys;
}

}  // namespace

void relation_loader::load(std::span<instance* const> owners) {
    std::vector<instance*> open;
    for (instance* i : owners)
        if (!access::of(*i, r_).is_loaded()) open.push_back(i);
    if (open.empty()) return;
    if (r_.direction == relation_direction::to_parent) return load_parents(open);
    const std::size_t some = keys_at_once();
    for (std::span<instance* const> left{open}; !left.empty(); left = left.subspan(std::min(some, left.size())))
        load_some(left.first(std::min(some, left.size())));
}

/// As many as the database takes parameters, and not more than a statement should be long or, of composite keys, deep.
std::size_t relation_loader::keys_at_once() const {
    if (objects_) return std::numeric_limits<std::size_t>::max();
    const auto& columns = r_.direction == relation_direction::by_table ? r_.via.own : r_.columns;
    if (columns.size() > 1) return 200;
    const std::size_t most = session_.connection(r_.target).server_profile().can.max_parameters;
    return std::clamp<std::size_t>(most, 1, 5'000);
}

node_ptr relation_loader::condition_on(std::span<const node_ptr> columns, keys of) const {
    if (objects_) return make_node<const in_node>(columns.front(), objects_, false);
    return one_of_keys(columns, of);
}

template <class Take>
void relation_loader::run(const node_handle<select_node>& query, std::size_t ahead, Take&& take) {
    if (said_) said_->add_conditions(query->where, *r_.target, table_side(*r_.target));
    const auto batch = std::make_shared<load_batch>();
    batch->options = said_;
    result rows = session_.run(node_ptr{query}, args_);
    while (rows.next()) {
        instance& item = session_.take_row(*r_.target, rows.cells().subspan(ahead), batch);
        take(item, rows.cells().first(ahead));
    }
    rows.close();
    session_.read_missing();
    found_.insert(found_.end(), batch->members.begin(), batch->members.end());
}

/// Those that the session has already cost no query.
void relation_loader::load_parents(std::span<instance* const> owners) {
    arena scratch;
    objects_by_key wanted{r_.columns, owners.size()};
    std::vector<instance*> waiting;
    const bool is_restricted = said_ && said_->restricts(*r_.target);
    for (instance* i : owners) {
        const auto key = own_key(*i, r_.columns, scratch);
        instance* known = has_null(key) || is_restricted ? nullptr : known_target(*i, r_);
        if (has_null(key) || (known && !known->is_expired)) {
            access::set_loaded(access::one_of(*i, r_), known);
            if (known) found_.push_back(known);
            continue;
        }
        wanted.add(*i);
        waiting.push_back(i);
    }
    if (waiting.empty()) return;
    arena key_memory;
    const auto all = keys_of(waiting, r_.columns, key_memory);
    std::vector<node_ptr> columns;
    for (const auto& p : r_.columns) columns.push_back(r_.target->columns[p.other].node);
    const std::size_t some = keys_at_once();
    for (keys left{all}; !left.empty(); left = left.subspan(std::min(some, left.size()))) {
        auto query = azoth::detail::make_select();
        add_columns(*query, *r_.target);
        query->where.push_back(condition_on(columns, left.first(std::min(some, left.size()))));
        run(query, 0, [&](instance& parent, std::span<const cell>) {
            scratch.clear();
            wanted.each(other_key(parent, r_.columns, scratch), [&](instance& i) { access::set_loaded(access::one_of(i, r_), &parent); });
        });
    }
    for (instance* i : waiting)  // a key that leads nowhere
        if (auto& one = access::one_of(*i, r_); !one.is_loaded()) access::set_loaded(one, nullptr);
}

node_handle<select_node> relation_loader::query_for(keys of) const {
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
    query->where.push_back(condition_on(columns, of));
    add_order(query->order_by, r_, table_side(*r_.target).columns);
    return query;
}

void relation_loader::load_some(std::span<instance* const> owners) {
    arena key_memory;
    const bool by_table = r_.direction == relation_direction::by_table;
    const auto& pairs = by_table ? r_.via.own : r_.columns;
    objects_by_key by_key{pairs, owners.size()};
    for (instance* i : owners) {
        by_key.add(*i);
        if (r_.is_many) access::set_loaded(access::many_of(*i, r_), {});
        else access::set_loaded(access::one_of(*i, r_), nullptr);
    }
    try {
        relate(query_for(keys_of(owners, pairs, key_memory)), by_key);
        if (by_table && r_.is_many)  // whose rows may say the same twice
            for (const instance* i : owners) access::keep_once(access::many_of(*i, r_));
    } catch (...) {
        for (const instance* i : owners) access::unload(*i, r_);
        throw;
    }
}

template <class Owners>
void relation_loader::relate(const node_handle<select_node>& query, Owners& by_key) {
    arena scratch;
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
        scratch.clear();
        by_key.each(other_key(item, pairs, scratch), relate_to);
    });
}

}  // namespace azoth::orm::detail
