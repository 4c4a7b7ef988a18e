#pragma once

#include "ansi_rules.hpp"

namespace azoth::detail {

/// The sources that stand first in FROM; joins follow the first of them.
struct from_clause {
    std::vector<const node*> base{};
};

/// Finds what a query selects from and tells the current scope. Throws programming_error (statement) for a join that cannot be.
from_clause open_from_clause(compiler& out, const select_node& n);
void write_from_clause(compiler& out, const select_node& n, const from_clause& from);

/// The condition by the one foreign key between a source and those before it. None, or several: programming_error (statement).
node_ptr make_key_condition(const node* target, const std::vector<const node*>& left);
/// What a target of a join offers: itself, or all that a nested join joins.
std::vector<const node*> offered_by(const node& target);

}  // namespace azoth::detail
