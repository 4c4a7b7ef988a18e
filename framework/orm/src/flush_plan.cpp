#include "flush_planner.hpp"
#include "relation_access.hpp"
#include "row_switch.hpp"

#include <azoth/base/error.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <utility>

namespace azoth::orm::detail {
namespace {

using access = relation_access;

}  // namespace

flush_plan flush_planner::plan() {
    // Removed ones first: what goes needs no change any more.
    while (removed_ < session_.removed().size()) remove(*session_.removed()[removed_]);
    for (instance* i : session_.pending()) add(*i);
    for (auto& [of, all] : session_.identities())
        for (instance* i : all)
            if (!i->is_removed) compare(*i);
    do {
        settle();
        sort_out();
    } while (remove_left_of_replaced());
    refuse_replaced_write_only();
    std::erase_if(plan_.updates, [](const instance* i) { return i->is_removed; });
    return std::move(plan_);
}

void flush_planner::sort_out() {
    plan_.deletes = session_.removed();
    plan_.inserts.clear();
    plan_.dropped.clear();
    plan_.replaced.clear();
    for (instance* i : session_.pending()) (orphans_.contains(i) ? plan_.dropped : plan_.inserts).push_back(i);
    find_replaced(session_, plan_);
}

void flush_planner::add(instance& i) {
    for (const auto& r : i.of->relations())
        if (!r.said->view_only) look_at(i, r);
}

void flush_planner::compare(instance& i) {
    session_.scratch().clear();
    bool is_changed = has_changed(i, session_.scratch());
    for (const auto& r : i.of->relations()) {
        if (r.said->view_only || !access::is_changed(access::of(i, r))) continue;
        look_at(i, r);
        is_changed = true;
    }
    if (is_changed) update(i);
}

void flush_planner::update(instance& i) {
    if (updating_.insert(&i).second) plan_.updates.push_back(&i);
}

void flush_planner::look_at(instance& i, const relation_info& r) {
    const bool is_new = i.state == object_state::pending;
    const auto& base = access::of(i, r);
    if (!base.is_loaded()) return;
    std::vector<instance*> now;
    std::vector<instance*> before;
    if (r.is_many) {
        now = access::items(access::many_of(i, r));
        if (!is_new) before = access::before(access::many_of(i, r));
    } else {
        if (instance* target = access::target(access::one_of(i, r))) now = {target};
        if (instance* was = is_new ? nullptr : access::before(access::one_of(i, r))) before = {was};
    }
    if (r.direction == relation_direction::to_parent) return point(i, r, now.empty() ? nullptr : now.front(), is_new);
    const std::set<instance*> had{before.begin(), before.end()};
    const std::set<instance*> has{now.begin(), now.end()};
    if (!i.is_removed)
        for (instance* item : now)
            if (!had.contains(item)) relate(i, r, *item);
    for (instance* item : before)
        if (!has.contains(item)) part(i, r, *item);
}

void flush_planner::require_here(const instance& i, const relation_info& r) const {
    if (session_of(i) == &session_) return;
    throw_error(errc::misuse, fmt::format("{} holds {}, which is no object of the session: add it first", r.name, describe_object(i)));
}

void flush_planner::point(instance& child, const relation_info& r, instance* parent, bool is_new) {
    if (!parent) {
        // A new one that never led anywhere keeps what the program has given the column itself.
        if (is_new && !access::is_changed(access::of(child, r))) return;
        const relation_info* back = r.back();
        if (back && back->said->deletes_orphans) return remove_too(child);
        if (is_new) return;
    } else {
        require_here(*parent, r);
    }
    follow(child, {parent, &r});
}

void flush_planner::relate(instance& i, const relation_info& r, instance& item) {
    require_here(item, r);
    if (item.is_removed) return;
    if (r.direction == relation_direction::by_table) plan_.associated.insert(pair_of(i, r, item));
    else follow(item, {&i, &r});
}

void flush_planner::part(instance& i, const relation_info& r, instance& item) {
    if (r.direction == relation_direction::by_table) {
        if (item.committed) plan_.dissociated.insert(pair_of(i, r, item));
        return;
    }
    if (item.is_removed || has_other_parent(r, item, i)) return;
    if (r.said->deletes_orphans) return remove_too(item);
    if (session_of(item) == &session_) follow(item, {nullptr, &r});
}

bool flush_planner::has_other_parent(const relation_info& r, const instance& child, const instance& than) const {
    if (const relation_info* back = r.back()) {
        const auto& one = access::one_of(child, *back);
        return one.is_loaded() && access::target(one) && access::target(one) != &than;
    }
    const auto at = plan_.followers.find(const_cast<instance*>(&child));
    return at != plan_.followers.end() &&
           std::ranges::any_of(at->second, [&](const follower& f) { return f.by == &r && f.parent && f.parent != &than; });
}

associated_pair flush_planner::pair_of(instance& i, const relation_info& r, instance& other) {
    // Told from one side alone, whichever has changed.
    const relation_info* back = r.back();
    if (!back) return {&r, &i, &other};
    const bool says = !r.said->via.empty();
    const bool leads = says == !back->said->via.empty() ? std::less<>{}(&r, back) : says;  // both may say it
    if (leads) return {&r, &i, &other};
    return {back, &other, &i};
}

void flush_planner::follow(instance& child, const follower& f) {
    auto& all = plan_.followers[&child];
    std::erase_if(all, [&](const follower& known) { return same_columns(known, f) && !(known.parent && !f.parent); });
    if (std::ranges::any_of(all, [&](const follower& known) { return same_columns(known, f); })) return;
    all.push_back(f);
    if (child.state == object_state::persistent) update(child);
}

bool flush_planner::same_columns(const follower& a, const follower& b) {
    return a.by == b.by || a.by->back() == b.by ||
           (a.child_column(a.by->columns.front()) == b.child_column(b.by->columns.front()) && a.by->columns.size() == b.by->columns.size());
}

flush_plan plan_flush(session_core& of) { return flush_planner{of}.plan(); }

}  // namespace azoth::orm::detail
