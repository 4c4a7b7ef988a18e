// The compiled core of <azoth/sql/compose.hpp>.
#include "compile_scope.hpp"

#include <azoth/base/error.hpp>
#include <azoth/sql/compose.hpp>

#include <algorithm>

namespace azoth::detail {

node_handle<select_node> copy_of(const node_ptr& query) { return make_node<select_node>(static_cast<const select_node&>(*query)); }

node_handle<select_node> without_columns(const node_ptr& query) {
    auto n = copy_of(query);
    std::vector<const node*> sources;
    for (const auto& item : n->items) collect_sources(*item.expression, sources);
    for (const node* source : sources) {
        const auto is_it = [&](const node_ptr& f) { return f.get() == source; };
        const bool is_joined = std::any_of(n->joins.begin(), n->joins.end(), [&](const join_item& j) { return is_it(j.target); });
        if (!is_joined && std::none_of(n->from.begin(), n->from.end(), is_it)) n->from.emplace_back(source);
    }
    n->items.clear();
    return n;
}

/// Dynamic rows take NULL from wherever it comes.
node_handle<select_node> as_optional_columns(const node_ptr& query) {
    auto n = copy_of(query);
    for (auto& item : n->items) item.strict = false;
    return n;
}

}  // namespace azoth::detail
