#include "class_ranks.hpp"
#include "delete_order.hpp"
#include "object_levels.hpp"

#include <azoth/base/error.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <compare>

namespace azoth::orm::detail {
namespace {

/// A new object that another new one needs first.
struct insert_edge {
    instance* parent;
    follower* by;
};

std::vector<insert_edge> edges_of(flush_plan& plan, const class_ranks& ranks, instance& i) {
    std::vector<insert_edge> up;
    const auto followed = plan.followers.find(&i);
    if (followed == plan.followers.end()) return up;
    for (follower& f : followed->second)
        if (!f.is_postponed && f.parent && f.parent->state == object_state::pending && ranks.are_in_circle(i, *f.parent))
            up.push_back({f.parent, &f});
    return up;
}

bool postpone(const instance& i, follower& f, bool must) {
    if (f.by->is_required && !must) return false;
    if (f.by->is_required)
        throw_error(errc::integrity,
                    fmt::format("{} and {} are new and need each other's key ({}): let the column be NULL (std::optional), so that it can "
                                "be filled in behind",
                                describe_object(i), describe_object(*f.parent), f.by->name));
    f.is_postponed = true;
    return true;
}

std::strong_ordering compare_cells(const cell& a, const cell& b) noexcept {
    if (a.tag != b.tag) return a.tag <=> b.tag;
    if (a.is_view()) return a.chars_view() <=> b.chars_view();
    return a.i64 <=> b.i64;
}

/// Rows in the order of their keys, so that two sessions wait for each other and do not lock each other out.
bool has_lower_key(const instance& a, const instance& b) {
    for (const std::size_t c : a.of->key)
        if (const auto order = compare_cells(a.committed[c], b.committed[c]); std::is_neq(order)) return std::is_lt(order);
    return false;
}

}  // namespace

void order_plan(flush_plan& plan) {
    const class_ranks ranks{plan};
    object_levels levels{[&](instance& i) { return edges_of(plan, ranks, i); },
                         [](instance& i, insert_edge& e, bool must) { return postpone(i, *e.by, must); }};
    struct placed {
        std::size_t rank;
        std::size_t level;
        std::size_t place;
        instance* of;
    };
    std::vector<placed> inserts;
    inserts.reserve(plan.inserts.size());
    for (instance* i : plan.inserts) inserts.push_back({ranks.of(*i), levels.of(*i), ranks.place(*i), i});
    const auto is_before = [](const placed& a, const placed& b) {
        return std::tie(a.rank, a.level, a.place) < std::tie(b.rank, b.level, b.place);
    };
    if (!std::ranges::is_sorted(inserts, is_before)) std::ranges::stable_sort(inserts, is_before);
    const auto are_together = [](const placed& a, const placed& b) {
        return std::tie(a.rank, a.level, a.place) == std::tie(b.rank, b.level, b.place);
    };
    for (std::size_t i = 0; i < inserts.size(); ++i) {
        plan.inserts[i] = inserts[i].of;
        if (i + 1 == inserts.size() || !are_together(inserts[i], inserts[i + 1])) plan.insert_ends.push_back(i + 1);
    }
    order_deletes(plan, ranks);
    std::ranges::stable_sort(plan.updates, [&](const instance* a, const instance* b) {
        return a->of != b->of ? std::less<>{}(a->of, b->of) : has_lower_key(*a, *b);
    });
}

}  // namespace azoth::orm::detail
