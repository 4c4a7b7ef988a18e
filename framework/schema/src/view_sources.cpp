#include "view_sources.hpp"

#include <azoth/sql/nodes/statement.hpp>

#include <algorithm>
#include <unordered_set>

namespace azoth::detail {
namespace {

class table_finder final : public node_visitor {
public:
    void child(const node& child) override {
        if (const auto* column = node_cast<column_node>(&child)) return this->child(*column->source);
        if (!seen_.insert(&child).second) return;
        if (const auto* table = node_cast<table_node>(&child)) {
            object_name name{table->schema, table->name};
            if (std::ranges::find(found, name) == found.end()) found.push_back(std::move(name));
        }
        child.visit_children(*this);
    }
    std::vector<object_name> found{};

private:
    std::unordered_set<const node*> seen_{};
};

}  // namespace

std::vector<object_name> tables_in(const node& query) {
    table_finder finder;
    finder.child(query);
    return std::move(finder.found);
}

}  // namespace azoth::detail
