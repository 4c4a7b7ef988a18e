#pragma once

#include "relation_join.hpp"
#include "written_objects.hpp"

#include <memory>
#include <set>
#include <span>
#include <utility>
#include <vector>

namespace azoth::orm::detail {

/// Has what write-only collections hold go with their owners: by statements, a table each, and not by its objects. For one flush.
class collection_emptier {
public:
    using collection = std::pair<instance*, const relation_info*>;

    explicit collection_emptier(session_core& of) noexcept : session_{of} {}
    /// Of those that have not been emptied yet, the ones whose rows must be gone before rows of `next` go.
    void empty(std::span<const collection> all, const entity_class& next);
    /// Whether the row of an object has gone with a collection.
    [[nodiscard]] bool has_deleted(instance& i) const;
    /// Brings along the objects of the session that were concerned, once the flush is done.
    void finish();

private:
    /// Rows of a class, by a condition.
    struct rows {
        const entity_class* of;
        node_ptr are;
    };
    void empty(const relation_info& r, std::span<instance* const> owners);
    void empty_some(const relation_info& r, std::span<instance* const> owners);
    void let_go(const relation_info& r, const rows& led_to);
    void leave(const relation_info& r, const rows& going);
    void require_one_table(const relation_info& r) const;
    void require_outside(const relation_info& r) const;
    void run(const entity_class& of, node_ptr statement);

    session_core& session_;
    const relation_info* from_{};
    std::span<const value> key_{};  ///< of an owner in the database that is asked
    std::set<collection> emptied_{};
    std::vector<const entity_class*> path_{};
    std::vector<std::unique_ptr<written_objects>> concerned_{};
};

}  // namespace azoth::orm::detail
