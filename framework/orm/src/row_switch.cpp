#include "row_switch.hpp"

#include "relation_access.hpp"

#include <algorithm>
#include <optional>
#include <unordered_set>

namespace azoth::orm::detail {
namespace {

/// The new object's column that this one of a new object takes its value from, where it follows another object.
struct column_place {
    instance* of;
    std::size_t column;
};

std::optional<column_place> followed_by(const flush_plan& plan, const column_place& at) {
    const auto all = plan.followers.find(at.of);
    if (all == plan.followers.end()) return {};
    for (const follower& f : all->second) {
        if (!f.parent || f.is_postponed) continue;
        for (const auto& p : f.by->columns)
            if (f.child_column(p) == at.column) return column_place{f.parent, f.parent_column(p)};
    }
    return {};
}

/// What a column of a new object's key will hold when it is written; null: nothing that could be known.
cell coming_key_cell(const flush_plan& plan, instance& i, std::size_t column, arena& scratch) {
    column_place at{&i, column};
    for (std::size_t steps = 0; steps <= plan.inserts.size(); ++steps) {  // more would go in circles
        if (const auto next = followed_by(plan, at)) {
            at = *next;
            continue;
        }
        const cell now = column_of(*at.of, at.column, scratch);
        const bool is_open = at.of->state == object_state::pending && at.of->of->columns[at.column].spec->generated;
        return is_open && is_unset(now) ? cell{} : now;
    }
    return {};
}

}  // namespace

void find_replaced(const session_core& in, flush_plan& plan) {
    if (plan.deletes.empty()) return;
    std::unordered_set<const entity_class*> classes;
    for (const instance* i : plan.deletes) classes.insert(i->of);
    std::unordered_set<const instance*> replaced;
    arena scratch;
    for (instance* i : plan.inserts) {
        if (!classes.contains(i->of)) continue;
        scratch.clear();
        std::vector<cell> key;
        for (const std::size_t c : i->of->key) key.push_back(coming_key_cell(plan, *i, c, scratch));
        if (std::ranges::any_of(key, &cell::is_null)) continue;
        instance* before = in.find(*i->of, key);
        if (before && before->of == i->of && before->is_removed && replaced.insert(before).second) plan.replaced.emplace(i, before);
    }
    std::erase_if(plan.deletes, [&](const instance* i) { return replaced.contains(i); });
}

void follow_replaced(session_core& in, const flush_plan& flushed) noexcept {
    if (flushed.replaced.empty()) return;
    std::unordered_set<const instance*> gone;
    for (const auto& [by, before] : flushed.replaced) {
        gone.insert(before);
        // Rows that have to refer to one, and do not go with it, are the new one's.
        for (const auto& r : by->of->relations())
            if (r.direction == relation_direction::to_children && r.is_required && !r.said->cascades_delete)
                relation_access::unload(*by, r);
    }
    for (const auto& [of, all] : in.identities())
        for (const auto& r : of->relations()) {
            if (r.is_many) continue;
            for (const instance* i : all)
                if (gone.contains(relation_access::target(relation_access::one_of(*i, r)))) relation_access::unload(*i, r);
        }
}

}  // namespace azoth::orm::detail
