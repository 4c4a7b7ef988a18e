#include "relation_loader.hpp"

#include "relation_access.hpp"
#include "row_statements.hpp"

#include <azoth/base/error.hpp>
#include <azoth/sql/select.hpp>

#include <algorithm>
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

void add_order(select_node& query, const relation_info& r) {
    for (const auto& o : r.said->order) {
        const node_ptr& column = r.target->table->column_at(o.member.offset, *o.member.access, o.member.spelled);
        query.order_by.push_back(o.descending ? node_ptr{make_node<const order_node>(column, true, nulls_order::unspecified)} : column);
    }
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
    for (std::size_t from = 0; from < open.size(); from += some)
        load_some(std::span{open}.subspan(from, std::min(some, open.size() - from)));
}

/// As many as the database takes parameters, and not more than a statement should be long or, of composite keys, deep.
std::size_t relation_loader::keys_at_once() const {
    const auto& columns = r_.direction == relation_direction::by_table ? r_.via.own : r_.columns;
    if (columns.size() > 1) return 200;
    const std::size_t most = session_.connection(r_.target).server_profile().can.max_parameters;
    return std::clamp<std::size_t>(most, 1, 5'000);
}

/// Those that the session has already cost no query.
void relation_loader::load_parents(std::span<instance* const> owners) {
    arena scratch;
    objects_by_key wanted{r_.columns, owners.size()};
    std::vector<instance*> waiting;
    for (instance* i : owners) {
        const auto key = own_key(*i, r_.columns, scratch);
        instance* known = has_null(key) ? nullptr : known_target(*i, r_);
        if (has_null(key) || (known && !known->is_expired)) {
            access::set_loaded(access::one_of(*i, r_), known);
            if (known) found_.push_back(known);
            continue;
        }
        wanted.add(*i);
        waiting.push_back(i);
    }
    arena key_memory;
    const auto keys = keys_of(waiting, r_.columns, key_memory);
    std::vector<node_ptr> columns;
    for (const auto& p : r_.columns) columns.push_back(r_.target->table->columns[p.other]);
    const auto batch = std::make_shared<load_batch>();
    if (keys.empty()) return;
    const std::size_t some = keys_at_once();
    for (std::size_t from = 0; from < keys.size(); from += some) {
        auto query = azoth::detail::make_select();
        add_columns(*query, *r_.target);
        query->where.push_back(one_of_keys(columns, std::span{keys}.subspan(from, std::min(some, keys.size() - from))));
        result rows = session_.run(node_ptr{query}, {});
        while (rows.next()) {
            instance& parent = session_.take_row(*r_.target, rows.cells(), batch);
            found_.push_back(&parent);
            scratch.clear();
            wanted.each(other_key(parent, r_.columns, scratch), [&](instance& i) { access::set_loaded(access::one_of(i, r_), &parent); });
        }
    }
    for (instance* i : waiting)  // a key that leads nowhere
        if (auto& one = access::one_of(*i, r_); !one.is_loaded()) access::set_loaded(one, nullptr);
}

node_handle<select_node> relation_loader::query_for(std::span<const std::vector<cell>> keys) const {
    auto query = azoth::detail::make_select();
    std::vector<node_ptr> columns;
    if (r_.direction == relation_direction::by_table) {
        std::vector<node_ptr> on;
        for (const auto& p : r_.via.own) {
            query->items.push_back({r_.via.columns[p.other], true});
            columns.push_back(r_.via.columns[p.other]);
        }
        add_columns(*query, *r_.target);
        for (const auto& p : r_.via.other)
            on.push_back(make_node<const binary_node>(binary_operator::equal, r_.via.columns[p.other], r_.target->table->columns[p.own]));
        query->from.push_back(r_.via.table);
        query->joins.push_back({join_kind::inner, r_.target->table->table,
                                on.size() == 1 ? on.front() : make_node<const logical_node>(logical_operator::and_, std::move(on))});
    } else if (r_.direction == relation_direction::by_condition) {
        const related_by by = r_.said->condition();
        for (const auto& p : r_.columns) {
            query->items.push_back({by.owner_columns[p.own], true});
            columns.push_back(by.owner_columns[p.own]);
        }
        add_columns(*query, *r_.target);
        query->from.push_back(by.owner);
        query->joins.push_back({join_kind::inner, r_.target->table->table, by.condition});
    } else {
        add_columns(*query, *r_.target);
        for (const auto& p : r_.columns) columns.push_back(r_.target->table->columns[p.other]);
    }
    query->where.push_back(one_of_keys(columns, keys));
    add_order(*query, r_);
    return query;
}

void relation_loader::load_some(std::span<instance* const> owners) {
    arena scratch;
    arena key_memory;
    const bool by_table = r_.direction == relation_direction::by_table;
    const auto& pairs = by_table ? r_.via.own : r_.columns;
    objects_by_key by_key{pairs, owners.size()};
    for (instance* i : owners) {
        by_key.add(*i);
        if (r_.is_many) access::set_loaded(access::many_of(*i, r_), {});
        else access::set_loaded(access::one_of(*i, r_), nullptr);
    }
    const auto query = query_for(keys_of(owners, pairs, key_memory));
    const auto batch = std::make_shared<load_batch>();
    const bool is_key_ahead = by_table || r_.direction == relation_direction::by_condition;
    const std::size_t ahead = is_key_ahead ? pairs.size() : 0;
    const relation_info* back = r_.back();
    if (back && back->direction != relation_direction::to_parent) back = nullptr;
    result rows = session_.run(node_ptr{query}, {});
    while (rows.next()) {
        instance& item = session_.take_row(*r_.target, rows.cells().subspan(ahead), batch);
        found_.push_back(&item);
        const auto relate = [&](instance& owner) {
            if (r_.is_many) access::append_loaded(access::many_of(owner, r_), item);
            else if (!access::target(access::one_of(owner, r_))) access::set_loaded(access::one_of(owner, r_), &item);  // the first
            if (back && !access::of(item, *back).is_loaded()) access::set_loaded(access::one_of(item, *back), &owner);
        };
        if (is_key_ahead) {
            by_key.each(rows.cells().first(ahead), relate);
            continue;
        }
        scratch.clear();
        by_key.each(other_key(item, pairs, scratch), relate);
    }
}

}  // namespace azoth::orm::detail
