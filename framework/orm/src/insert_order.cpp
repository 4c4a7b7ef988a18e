#include "flush_plan.hpp"

#include <azoth/base/error.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <compare>
#include <unordered_map>

namespace azoth::orm::detail {
namespace {

/// Which classes come before which, by the foreign keys of their tables. Those that refer to each other, in circles, share a rank.
class class_ranks {
public:
    explicit class_ranks(const flush_plan& plan) {
        for (const auto* all : {&plan.inserts, &plan.deletes})
            for (const instance* i : *all)
                if (place_.try_emplace(i->of, classes_.size()).second) classes_.push_back(i->of);
        find_reach();
        const std::size_t n = classes_.size();
        rank_.resize(n);
        for (std::size_t a = 0; a < n; ++a)  // those that it leads to, and that do not lead back, come before it
            for (std::size_t b = 0; b < n; ++b)
                if (reaches(a, b) && !reaches(b, a)) ++rank_[a];
        // A rank is the same for all of a circle: they reach the same ones.
    }
    [[nodiscard]] std::size_t of(const instance& i) const { return rank_[place_.at(i.of)]; }
    [[nodiscard]] bool are_in_circle(const instance& a, const instance& b) const {
        const auto other = place_.find(b.of);
        if (other == place_.end()) return false;
        const std::size_t x = place_.at(a.of);
        return reaches(x, other->second) && reaches(other->second, x);
    }
    [[nodiscard]] std::size_t place(const instance& i) const { return place_.at(i.of); }

private:
    void find_reach() {
        const std::size_t n = classes_.size();
        reach_.assign(n * n, false);
        for (std::size_t a = 0; a < n; ++a)
            for (std::size_t b = 0; b < n; ++b) reach_[a * n + b] = refers(*classes_[a], *classes_[b]);
        for (std::size_t k = 0; k < n; ++k)
            for (std::size_t a = 0; a < n; ++a)
                for (std::size_t b = 0; b < n; ++b)
                    if (reaches(a, k) && reaches(k, b)) reach_[a * n + b] = true;
    }
    static bool refers(const entity_class& a, const entity_class& b) {
        return std::ranges::any_of(a.table->definition.foreign_keys, [&](const auto& key) {
            return key.referred_table == b.table->table->name && key.referred_schema == b.table->table->schema;
        });
    }
    [[nodiscard]] bool reaches(std::size_t a, std::size_t b) const { return reach_[a * classes_.size() + b]; }

    std::vector<const entity_class*> classes_{};
    std::unordered_map<const entity_class*, std::size_t> place_{};
    std::vector<bool> reach_{};
    std::vector<std::size_t> rank_{};
};

/// How deep an object hangs below others of its circle of classes.
class object_levels {
public:
    object_levels(flush_plan& plan, const class_ranks& ranks) noexcept : plan_{plan}, ranks_{ranks} {}

    std::size_t of(instance& i) {
        auto& at = known_[&i];
        if (at.is_done) return at.level;
        at.is_open = true;
        std::size_t level = 0;
        if (const auto followed = plan_.followers.find(&i); followed != plan_.followers.end())
            for (follower& f : followed->second) {
                if (!f.parent || f.parent->state != object_state::pending) continue;
                if (&i == f.parent || known_[f.parent].is_open) {
                    postpone(i, f);
                    continue;
                }
                if (ranks_.are_in_circle(i, *f.parent)) level = std::max(level, of(*f.parent) + 1);
            }
        known_[&i] = {level, false, true};
        return level;
    }

private:
    static void postpone(const instance& i, follower& f) {
        if (f.by->is_required)
            throw_error(
                errc::integrity,
                fmt::format("{} and {} are new and need each other's key ({}): let the column be NULL (std::optional), so that it can "
                            "be filled in behind",
                            describe_object(i), describe_object(*f.parent), f.by->name));
        f.is_postponed = true;
    }
    struct place {
        std::size_t level{};
        bool is_open{};
        bool is_done{};
    };
    flush_plan& plan_;
    const class_ranks& ranks_;
    std::unordered_map<const instance*, place> known_{};
};

std::strong_ordering compare_cells(const cell& a, const cell& b) noexcept {
    if (a.tag != b.tag) return a.tag <=> b.tag;
    if (a.is_view()) return a.chars_view() <=> b.chars_view();
    return a.i64 <=> b.i64;
}

/// Rows in the order of their keys, so that two sessions wait for each other and do not lock each other out.
bool has_lower_key(const instance& a, const instance& b) {
    for (const std::size_t c : a.of->key)
        if (const auto order = compare_cells(a.committed[c], b.committed[c]); order != 0) return order < 0;
    return false;
}

}  // namespace

void order_plan(flush_plan& plan) {
    const class_ranks ranks{plan};
    object_levels levels{plan, ranks};
    struct placed {
        std::size_t rank;
        std::size_t level;
        std::size_t place;
        instance* of;
    };
    const auto sorted = [&](const std::vector<instance*>& objects) {
        std::vector<placed> all;
        all.reserve(objects.size());
        for (instance* i : objects) all.push_back({ranks.of(*i), levels.of(*i), ranks.place(*i), i});
        return all;
    };
    auto inserts = sorted(plan.inserts);
    std::ranges::stable_sort(
        inserts, [](const placed& a, const placed& b) { return std::tie(a.rank, a.level, a.place) < std::tie(b.rank, b.level, b.place); });
    const auto are_together = [](const placed& a, const placed& b) {
        return std::tie(a.rank, a.level, a.place) == std::tie(b.rank, b.level, b.place);
    };
    for (std::size_t i = 0; i < inserts.size(); ++i) {
        plan.inserts[i] = inserts[i].of;
        if (i + 1 == inserts.size() || !are_together(inserts[i], inserts[i + 1])) plan.insert_ends.push_back(i + 1);
    }
    // Whose row refers to whose, among the deleted, is known by the rows alone: within a class the database's own cascades or the
    // relations' order of removal decide.
    std::vector<placed> deletes;
    for (std::size_t i = 0; i < plan.deletes.size(); ++i)
        deletes.push_back({ranks.of(*plan.deletes[i]), i, ranks.place(*plan.deletes[i]), plan.deletes[i]});
    std::ranges::stable_sort(deletes,
                             [](const placed& a, const placed& b) { return std::tie(b.rank, a.place) < std::tie(a.rank, b.place); });
    for (std::size_t i = 0; i < deletes.size(); ++i) plan.deletes[i] = deletes[i].of;
    std::ranges::stable_sort(plan.updates, [&](const instance* a, const instance* b) {
        return a->of != b->of ? std::less<>{}(a->of, b->of) : has_lower_key(*a, *b);
    });
}

}  // namespace azoth::orm::detail
