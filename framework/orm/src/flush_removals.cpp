// What goes in a flush, and what goes with it.
#include "flush_planner.hpp"
#include "relation_access.hpp"

#include <azoth/base/error.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

namespace azoth::orm::detail {
namespace {

using access = relation_access;

}  // namespace

void flush_planner::remove(instance& i) {
    ++removed_;
    for (const auto& r : i.of->relations()) {
        if (r.said->view_only) continue;
        if (r.direction == relation_direction::by_table) {
            plan_.left.emplace_back(&i, &r);
            continue;
        }
        const bool is_up = r.direction == relation_direction::to_parent;
        if (is_up && !r.said->cascades_delete) continue;
        // Children that cannot be without their parent, and do not go with it: the database says what becomes of them.
        if (!r.said->cascades_delete && r.is_required) continue;
        if (r.said->is_write_only && !r.said->passive_deletes) plan_.emptied.emplace_back(&i, &r);
        if (!access::of(i, r).is_loaded()) {
            if (r.said->passive_deletes) continue;
            load_of_removed(r);
        }
        if (!is_up && access::is_changed(access::of(i, r))) look_at(i, r);  // its row is still referred to by what has left it
        for (instance* other : access::related(i, r)) {
            // Read just now, it may have gone to another parent that the database does not know yet.
            if (r.direction == relation_direction::to_children && has_other_parent(r, *other, i)) continue;
            if (r.said->cascades_delete) remove_too(*other);
            else if (!other->is_removed && session_of(*other) == &session_) follow(*other, {nullptr, &r});
        }
    }
}

void flush_planner::load_of_removed(const relation_info& r) {
    std::vector<instance*> owners;
    std::ranges::copy_if(session_.removed(), std::back_inserter(owners), [&](const instance* o) { return o->of->is_a(*r.owner); });
    session_.load_for(owners, r);
}

void flush_planner::remove_too(instance& i) {
    if (i.state == object_state::pending) {
        orphans_.insert(&i);
        return;
    }
    if (i.state != object_state::persistent || std::exchange(i.is_removed, true)) return;
    session_.removed().push_back(&i);
}

void flush_planner::settle() {
    bool is_settled = false;
    while (!is_settled) {
        while (removed_ < session_.removed().size()) remove(*session_.removed()[removed_]);
        const std::size_t removed = removed_;
        const std::size_t dropped = orphans_.size();
        if (dropped > 0)
            for (instance* i : session_.pending())
                if (orphans_.contains(i)) drop(*i);
        for (auto& [child, all] : plan_.followers)
            for (follower& f : all) lose_parent(*child, f);
        is_settled = removed == session_.removed().size() && dropped == orphans_.size();
    }
    std::erase_if(plan_.associated, [&](const associated_pair& p) { return is_going(*p.one) || is_going(*p.other); });
}

bool flush_planner::is_going(const instance& i) const { return i.is_removed || orphans_.contains(&i); }

void flush_planner::drop(const instance& i) {
    for (const auto& r : i.of->relations()) {
        if (!r.said->cascades_delete || r.said->view_only || !access::of(i, r).is_loaded()) continue;
        for (instance* other : access::related(i, r)) remove_too(*other);
    }
}

void flush_planner::lose_parent(instance& child, follower& f) {
    if (!f.parent || !is_going(*f.parent) || is_going(child)) return;
    const relation_info* down = f.by->direction == relation_direction::to_children ? f.by : f.by->back();
    if (down && down->said->cascades_delete) remove_too(child);
    else f.parent = nullptr;
}

void flush_planner::refuse_replaced_write_only() const {
    for (const auto& [by, gone] : plan_.replaced)
        for (const auto& r : gone->of->relations())
            if (r.said->is_write_only && r.direction == relation_direction::to_children && (r.said->cascades_delete || !r.is_required))
                throw_error(errc::misuse,
                            fmt::format("{} is removed, and a new one takes over its key in the same flush: what {} has would be the new "
                                        "one's. Flush in between",
                                        describe_object(*gone), r.name));
}

bool flush_planner::remove_left_of_replaced() {
    const std::size_t before = session_.removed().size();
    for (const auto& [by, gone] : plan_.replaced)
        for (const auto& r : gone->of->relations()) {
            if (r.direction != relation_direction::to_children || !r.said->passive_deletes || access::of(*gone, r).is_loaded()) continue;
            session_.load_for(std::array{gone}, r);
            for (instance* other : access::related(*gone, r))
                if (!has_other_parent(r, *other, *gone)) remove_too(*other);
        }
    return session_.removed().size() != before;
}

}  // namespace azoth::orm::detail
