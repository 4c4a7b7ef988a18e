#pragma once

#include <azoth/schema/ddl_nodes.hpp>

#include <memory>
#include <unordered_set>
#include <vector>

namespace azoth::detail {

struct ordered_tables {
    std::vector<std::shared_ptr<const table_definition>> tables{};
    std::unordered_set<const table_node*> in_cycles{};  ///< refer, directly or not, to a table that comes later
    [[nodiscard]] bool is_in_cycle(const table_definition& t) const { return in_cycles.contains(t.node.get()); }
};

/// Those referred to before those that refer; otherwise in the order given. References to oneself and to strangers do not count.
ordered_tables dependency_order(const std::vector<std::shared_ptr<const table_definition>>& tables);

/// Views, those that are read before those that read them.
std::vector<const view_definition*> view_order(const std::vector<view_definition>& views);
object_kind kind_of(const view_definition& v);

}  // namespace azoth::detail
