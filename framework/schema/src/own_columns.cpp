#include "own_columns.hpp"

#include <azoth/sql/nodes/dml.hpp>

#include <algorithm>
#include <utility>

namespace azoth::detail {
namespace {

class column_finder final : public node_visitor {
public:
    void child(const node& child) override {
        if (const auto* own = node_cast<own_column_node>(&child); own && std::ranges::find(found, own->name) == found.end())
            found.push_back(own->name);
        child.visit_children(*this);
    }
    std::vector<std::string> found{};
};

}  // namespace

std::vector<std::string> own_columns_in(const node& expression) {
    column_finder finder;
    finder.child(expression);
    return std::move(finder.found);
}

}  // namespace azoth::detail
