#include <azoth/orm/write_only.hpp>

#include "object_graph.hpp"
#include "related_sides.hpp"
#include "relation_join.hpp"
#include "row_statements.hpp"
#include "session_core.hpp"

#include <azoth/base/error.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace azoth::orm::detail {
namespace {

using access = relation_access;

bool is_without_row(const instance& i) { return !i.committed || i.state == object_state::pending; }

/// Whether the item's row can be one of the collection's, as far as it shows.
bool may_be_in(const relation_info& r, const instance& owner, const instance& item) {
    if (is_without_row(owner) || is_without_row(item)) return false;
    if (r.direction == relation_direction::by_table) return true;
    return std::ranges::all_of(r.columns, [&](const column_pair& p) { return is_same(item.committed[p.other], owner.committed[p.own]); });
}

/// A column of the owner by which its rows are found, as the database has it; empty where it has none yet.
std::optional<cell> known_cell(const instance& owner, std::size_t column, arena& scratch) {
    const cell now = owner.committed ? owner.committed[column] : column_of(owner, column, scratch);
    if (now.is_null() || (!owner.committed && owner.of->columns[column].spec->generated && is_unset(now))) return {};
    return now;
}

}  // namespace

void many_base::add_unread(instance& item) {
    const relation_info& r = info();
    join_graphs(*owner_, item);
    // One that was to be taken out stays: the row between is still there.
    const bool stays = access::forget_taken_out(*this, item);
    if (!stays || r.direction != relation_direction::by_table) access::add_unread(*this, item);
    if (const relation_info* back = r.back()) {
        const bool is_known =
            back->is_many && access::of(item, *back).is_loaded() &&
            std::ranges::find(access::items(access::many_of(item, *back)), owner_) != access::items(access::many_of(item, *back)).end();
        if (!is_known) add_back(item, *back, *owner_);
    }
    cascade(*owner_, r, item);
}

void write_only_base::put_in(instance* item) {
    if (owner_ || !item) return add(item, 0);
    hold(*item, items_.size());
}

void write_only_base::take_out(instance* item) {
    if (!item)
        throw_error(errc::invalid_argument, "an empty handle was to be removed from " + (owner_ ? info().name : std::string{"a relation"}));
    if (!owner_) {
        for (std::size_t held = access::forget_added(*this, *item); held > 0; --held) release(*item);
        return;
    }
    const relation_info& r = info();
    check_writable(r);
    const bool was_added = access::forget_added(*this, *item) > 0;
    const bool may_be_there = may_be_in(r, *owner_, *item);
    if (!was_added && !may_be_there)
        throw_error(errc::invalid_argument, fmt::format("{} is not in {} of {}, as its row and the session have it", describe_object(*item),
                                                        r.name, describe_object(*owner_)));
    if (may_be_there) access::take_out_unread(*this, *item);
    if (const relation_info* back = r.back()) remove_back(*item, *back, *owner_);
}

node_handle<select_node> write_only_base::restricted(const node_ptr& all) const {
    const relation_info& r = info();
    auto query = azoth::detail::copy_of(all);
    const bool by_table = r.direction == relation_direction::by_table;
    arena scratch;
    for (const auto& p : by_table ? r.via.own : r.columns) {
        const auto at = known_cell(*owner_, p.own, scratch);
        if (!at)
            throw_error(errc::misuse, fmt::format("{} of {} cannot be asked for before it has a key: flush, or add it to a session first",
                                                  r.name, describe_object(*owner_)));
        query->where.push_back(equals(by_table ? r.via.columns[p.other] : r.target->columns[p.other].node, *at));
    }
    if (by_table) {
        std::vector<node_ptr> on;
        for (const auto& p : r.via.other)
            on.emplace_back(make_node<const binary_node>(binary_operator::equal, r.via.columns[p.other], r.target->columns[p.own].node));
        query->from.emplace_back(r.target->table->table);
        query->joins.push_back({join_kind::inner, r.via.table, all_of(std::move(on))});
    }
    add_order(query->order_by, r, table_side(*r.target).columns);
    return query;
}

}  // namespace azoth::orm::detail
