#pragma once

#include "session_core.hpp"

#include <set>
#include <unordered_map>
#include <utility>
#include <vector>

namespace azoth::orm::detail {

/// Columns of an object that hold the key of another one.
struct follower {
    instance* parent;  ///< null: they become NULL
    const relation_info* by;
    bool is_postponed{};  ///< two new objects need each other's key: this one gets it behind its insert
    /// The child's columns and the parent's, whichever side the relation is told from.
    [[nodiscard]] std::size_t child_column(const column_pair& p) const noexcept {
        return by->direction == relation_direction::to_parent ? p.own : p.other;
    }
    [[nodiscard]] std::size_t parent_column(const column_pair& p) const noexcept {
        return by->direction == relation_direction::to_parent ? p.other : p.own;
    }
};

/// Two objects that are related by a row of a third table.
struct associated_pair {
    const relation_info* by;
    instance* one;
    instance* other;
    friend auto operator<=>(const associated_pair&, const associated_pair&) = default;
};

/// What a flush has to do.
struct flush_plan {
    std::vector<instance*> inserts{};
    std::vector<std::size_t> insert_ends{};  ///< where those end that can be inserted together: of one class, none waiting for another
    std::vector<instance*> updates{};        ///< what may have to be updated
    std::vector<instance*> deletes{};
    std::vector<std::size_t> delete_ends{};                               ///< as insert_ends: none of them refers to another one
    std::set<std::pair<instance*, std::vector<std::size_t>>> unlinked{};  ///< columns of deleted ones that become NULL before
    std::unordered_map<const instance*, instance*> replaced{};            ///< removed ones, by the new ones that come with their keys
    std::vector<instance*> dropped{};                                     ///< new ones that nobody wants any more
    std::unordered_map<instance*, std::vector<follower>> followers{};     ///< by the child
    std::set<associated_pair> associated{};
    std::set<associated_pair> dissociated{};
    std::vector<std::pair<instance*, const relation_info*>> left{};     ///< objects that go, with all their rows in a third table
    std::vector<std::pair<instance*, const relation_info*>> emptied{};  ///< … with what write-only collections of theirs have
    [[nodiscard]] bool is_empty() const noexcept {
        return inserts.empty() && updates.empty() && deletes.empty() && associated.empty() && dissociated.empty();
    }
};

/// Compares every object with what the session knows of its row, and follows relations: objects that go take others along.
[[nodiscard]] flush_plan plan_flush(session_core& of);
/// Inserts in an order that foreign keys allow, those of one class together where they can be; deletes in the opposite one. Postpones what
/// goes in circles.
void order_plan(flush_plan& plan);

}  // namespace azoth::orm::detail
