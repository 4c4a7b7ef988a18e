#include "flush_plan.hpp"

#include "relation_access.hpp"
#include "row_switch.hpp"

#include <azoth/base/error.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

namespace azoth::orm::detail {
namespace {

using access = relation_access;

class planner {
public:
    explicit planner(session_core& of) noexcept : session_{of} {}

    flush_plan plan() {
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
        std::erase_if(plan_.updates, [](const instance* i) { return i->is_removed; });
        return std::move(plan_);
    }

private:
    /// What goes and what comes.
    void sort_out() {
        plan_.deletes = session_.removed();
        plan_.inserts.clear();
        plan_.dropped.clear();
        plan_.replaced.clear();
        for (instance* i : session_.pending()) (orphans_.contains(i) ? plan_.dropped : plan_.inserts).push_back(i);
        find_replaced(session_, plan_);
    }

    /// The database deletes nothing along with a row that stays for another object. Whether there was something.
    bool remove_left_of_replaced() {
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

    void add(instance& i) {
        for (const auto& r : i.of->relations())
            if (!r.said->view_only) look_at(i, r);
    }

    void compare(instance& i) {
        session_.scratch().clear();
        bool is_changed = has_changed(i, session_.scratch());
        for (const auto& r : i.of->relations()) {
            if (r.said->view_only || !access::is_changed(access::of(i, r))) continue;
            look_at(i, r);
            is_changed = true;
        }
        if (is_changed) update(i);
    }

    void update(instance& i) {
        if (updating_.insert(&i).second) plan_.updates.push_back(&i);
    }

    void look_at(instance& i, const relation_info& r) {
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

    void require_here(const instance& i, const relation_info& r) const {
        if (session_of(i) == &session_) return;
        throw_error(errc::misuse, fmt::format("{} holds {}, which is no object of the session: add it first", r.name, describe_object(i)));
    }

    void point(instance& child, const relation_info& r, instance* parent, bool is_new) {
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

    void relate(instance& i, const relation_info& r, instance& item) {
        require_here(item, r);
        if (item.is_removed) return;
        if (r.direction == relation_direction::by_table) plan_.associated.insert(pair_of(i, r, item));
        else follow(item, {&i, &r});
    }

    /// An object has been taken out of a relation.
    void part(instance& i, const relation_info& r, instance& item) {
        if (r.direction == relation_direction::by_table) {
            if (item.committed) plan_.dissociated.insert(pair_of(i, r, item));
            return;
        }
        if (item.is_removed || has_other_parent(r, item, i)) return;
        if (r.said->deletes_orphans) return remove_too(item);
        if (session_of(item) == &session_) follow(item, {nullptr, &r});
    }

    /// Whether the child has gone from one parent to another.
    [[nodiscard]] bool has_other_parent(const relation_info& r, const instance& child, const instance& than) const {
        if (const relation_info* back = r.back()) {
            const auto& one = access::one_of(child, *back);
            return one.is_loaded() && access::target(one) && access::target(one) != &than;
        }
        const auto at = plan_.followers.find(const_cast<instance*>(&child));
        return at != plan_.followers.end() &&
               std::ranges::any_of(at->second, [&](const follower& f) { return f.by == &r && f.parent && f.parent != &than; });
    }

    static associated_pair pair_of(instance& i, const relation_info& r, instance& other) {
        // Told from one side alone, whichever has changed.
        if (!r.said->via.empty() || !r.back()) return {&r, &i, &other};
        return {r.back(), &other, &i};
    }

    void follow(instance& child, const follower& f) {
        auto& all = plan_.followers[&child];
        std::erase_if(all, [&](const follower& known) { return same_columns(known, f) && !(known.parent && !f.parent); });
        if (std::ranges::any_of(all, [&](const follower& known) { return same_columns(known, f); })) return;
        all.push_back(f);
        if (child.state == object_state::persistent) update(child);
    }
    static bool same_columns(const follower& a, const follower& b) {
        return a.by == b.by || a.by->back() == b.by ||
               (a.child_column(a.by->columns.front()) == b.child_column(b.by->columns.front()) &&
                a.by->columns.size() == b.by->columns.size());
    }

    /// Orphans have been found meanwhile, and take others along; what leads to one that goes leads nowhere.
    void settle() {
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
    [[nodiscard]] bool is_going(const instance& i) const { return i.is_removed || orphans_.contains(&i); }

    /// A new one that is not inserted.
    void drop(const instance& i) {
        for (const auto& r : i.of->relations()) {
            if (!r.said->cascades_delete || r.said->view_only || !access::of(i, r).is_loaded()) continue;
            for (instance* other : access::related(i, r)) remove_too(*other);
        }
    }

    void lose_parent(instance& child, follower& f) {
        if (!f.parent || !is_going(*f.parent) || is_going(child)) return;
        const relation_info* down = f.by->direction == relation_direction::to_children ? f.by : f.by->back();
        if (down && down->said->cascades_delete) remove_too(child);
        else f.parent = nullptr;
    }

    void remove_too(instance& i) {
        if (i.state == object_state::pending) {
            orphans_.insert(&i);
            return;
        }
        if (i.state != object_state::persistent || std::exchange(i.is_removed, true)) return;
        session_.removed().push_back(&i);
    }

    /// Of no others: what is read before the flush is not what is there behind it.
    void load_of_removed(const entity_class& of, const relation_info& r) {
        std::vector<instance*> owners;
        std::ranges::copy_if(session_.removed(), std::back_inserter(owners), [&](const instance* o) { return o->of == &of; });
        session_.load_for(owners, r);
    }

    void remove(instance& i) {
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
            if (!access::of(i, r).is_loaded()) {
                if (r.said->passive_deletes) continue;
                load_of_removed(*i.of, r);
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

    session_core& session_;
    flush_plan plan_{};
    std::size_t removed_{};
    std::set<const instance*> orphans_{};
    std::unordered_set<const instance*> updating_{};
};

}  // namespace

flush_plan plan_flush(session_core& of) { return planner{of}.plan(); }

}  // namespace azoth::orm::detail
