#pragma once

#include "flush_plan.hpp"

#include <set>
#include <unordered_set>
#include <vector>

namespace azoth::orm::detail {

/// Finds out what a flush has to do. For one flush.
class flush_planner {
public:
    explicit flush_planner(session_core& of) noexcept : session_{of} {}

    flush_plan plan();

private:
    /// What goes and what comes.
    void sort_out();

    /// The database deletes nothing along with a row that stays for another object. Whether there was something.
    bool remove_left_of_replaced();
    void refuse_replaced_write_only() const;
    void add(instance& i);
    void compare(instance& i);
    void update(instance& i);
    void look_at(instance& i, const relation_info& r);
    void require_here(const instance& i, const relation_info& r) const;
    void point(instance& child, const relation_info& r, instance* parent, bool is_new);
    void relate(instance& i, const relation_info& r, instance& item);

    /// An object has been taken out of a relation.
    void part(instance& i, const relation_info& r, instance& item);

    /// Whether the child has gone from one parent to another.
    [[nodiscard]] bool has_other_parent(const relation_info& r, const instance& child, const instance& than) const;
    static associated_pair pair_of(instance& i, const relation_info& r, instance& other);
    void follow(instance& child, const follower& f);
    static bool same_columns(const follower& a, const follower& b);

    /// Orphans have been found meanwhile, and take others along; what leads to one that goes leads nowhere.
    void settle();
    [[nodiscard]] bool is_going(const instance& i) const;

    /// A new one that is not inserted.
    void drop(const instance& i);
    void lose_parent(instance& child, follower& f);
    void remove_too(instance& i);

    /// Of no others: what is read before the flush is not what is there behind it.
    void load_of_removed(const relation_info& r);
    void remove(instance& i);

    session_core& session_;
    flush_plan plan_{};
    std::size_t removed_{};
    std::set<const instance*> orphans_{};
    std::unordered_set<const instance*> updating_{};
};

}  // namespace azoth::orm::detail
