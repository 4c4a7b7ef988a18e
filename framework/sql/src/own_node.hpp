#pragma once

#include <azoth/sql/node.hpp>

namespace azoth::detail {

/// The node itself where nobody else holds it, else a copy that takes its place.
template <class N>
N& own_node(node_handle<N>& n) {
    if (n->is_shared()) n = make_node<N>(*n);
    else n->changed();
    return *n;
}

}  // namespace azoth::detail
