#include "relation_loader.hpp"

#include "relation_access.hpp"
#include "row_statements.hpp"

#include <azoth/base/error.hpp>
#include <azoth/sql/select.hpp>

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

namespace azoth::orm::detail {
namespace {

using access = relation_access;

constexpr std::size_t keys_at_once = 500;

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

/// Objects by the values of some of their columns.
class objects_by_key {
public:
    /// Whether the key is a new one.
    bool add(std::span<const cell> key, instance& i) {
        const std::uint64_t hash = hash_of(key);
        const auto [from, to] = all_.equal_range(hash);
        for (auto at = from; at != to; ++at)
            if (is_equal(at->second.key.cells(), key)) {
                at->second.of.push_back(&i);
                return false;
            }
        all_.emplace(hash, entry{cell_copy{key}, {&i}});
        return true;
    }
    [[nodiscard]] std::span<instance* const> at(std::span<const cell> key) const {
        const auto [from, to] = all_.equal_range(hash_of(key));
        for (auto at = from; at != to; ++at)
            if (is_equal(at->second.key.cells(), key)) return at->second.of;
        return {};
    }
    [[nodiscard]] std::vector<std::vector<cell>> keys() const {
        std::vector<std::vector<cell>> keys;
        for (const auto& [hash, e] : all_) keys.emplace_back(e.key.cells().begin(), e.key.cells().end());
        return keys;
    }

private:
    struct entry {
        cell_copy key;
        std::vector<instance*> of;
    };
    static bool is_equal(std::span<const cell> a, std::span<const cell> b) noexcept {
        return std::equal(a.begin(), a.end(), b.begin(), b.end(), is_same);
    }
    std::unordered_multimap<std::uint64_t, entry> all_{};
};

}  // namespace

void add_columns(select_node& query, const entity_class& of) {
    for (std::size_t c = 0; c < of.table->columns.size(); ++c)
        query.items.push_back({of.table->columns[c], !of.table->table->columns[c].nullable});
}

void relation_loader::load(std::span<instance* const> owners) {
    std::vector<instance*> open;
    for (instance* i : owners)
        if (!access::of(*i, r_).is_loaded()) open.push_back(i);
    if (open.empty()) return;
    if (r_.direction == relation_direction::to_parent) return load_parents(open);
    for (std::size_t from = 0; from < open.size(); from += keys_at_once)
        load_some(std::span{open}.subspan(from, std::min(keys_at_once, open.size() - from)));
}

/// Those that the session has already cost no query.
void relation_loader::load_parents(std::span<instance* const> owners) {
    arena scratch;
    objects_by_key wanted;
    std::vector<instance*> waiting;
    for (instance* i : owners) {
        const auto key = own_key(*i, r_.columns, scratch);
        instance* known = has_null(key) ? nullptr : known_target(*i, r_);
        if (has_null(key) || (known && !known->is_expired)) {
            access::set_loaded(access::one_of(*i, r_), known);
            if (known) found_.push_back(known);
            continue;
        }
        wanted.add(key, *i);
        waiting.push_back(i);
    }
    const auto keys = wanted.keys();
    std::vector<node_ptr> columns;
    for (const auto& p : r_.columns) columns.push_back(r_.target->table->columns[p.other]);
    const auto batch = std::make_shared<load_batch>();
    for (std::size_t from = 0; from < keys.size(); from += keys_at_once) {
        auto query = azoth::detail::make_select();
        add_columns(*query, *r_.target);
        query->where.push_back(one_of_keys(columns, std::span{keys}.subspan(from, std::min(keys_at_once, keys.size() - from))));
        session_.autoflush(*query);
        result rows = session_.run(node_ptr{query}, {});
        while (rows.next()) {
            instance& parent = session_.take_row(*r_.target, rows.cells(), batch);
            found_.push_back(&parent);
            for (instance* i : wanted.at(other_key(parent, r_.columns, scratch))) access::set_loaded(access::one_of(*i, r_), &parent);
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
    const auto& pairs = r_.direction == relation_direction::by_table ? r_.via.own : r_.columns;
    objects_by_key by_key;
    std::unordered_map<instance*, std::vector<instance*>> related;
    for (instance* i : owners) by_key.add(own_key(*i, pairs, scratch), *i);
    const auto query = query_for(by_key.keys());
    session_.autoflush(*query);
    const auto batch = std::make_shared<load_batch>();
    const std::size_t ahead = r_.direction == relation_direction::by_table ? pairs.size() : 0;
    const relation_info* back = r_.back();
    result rows = session_.run(node_ptr{query}, {});
    while (rows.next()) {
        instance& item = session_.take_row(*r_.target, rows.cells().subspan(ahead), batch);
        found_.push_back(&item);
        const auto key = ahead != 0 ? std::vector<cell>{rows.cells().begin(), rows.cells().begin() + static_cast<std::ptrdiff_t>(ahead)}
                                    : other_key(item, pairs, scratch);
        for (instance* owner : by_key.at(key)) {
            related[owner].push_back(&item);
            if (back && back->direction == relation_direction::to_parent && !access::of(item, *back).is_loaded())
                access::set_loaded(access::one_of(item, *back), owner);
        }
    }
    for (instance* owner : owners) {
        auto& items = related[owner];
        if (r_.is_many) access::set_loaded(access::many_of(*owner, r_), std::move(items));
        else access::set_loaded(access::one_of(*owner, r_), items.empty() ? nullptr : items.front());
    }
}

}  // namespace azoth::orm::detail
