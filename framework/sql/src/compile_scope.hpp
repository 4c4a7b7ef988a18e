#pragma once

#include <azoth/sql/compiler.hpp>

#include <vector>

namespace azoth {

/// What a query's FROM clause offers to its expressions.
struct compiler::scope {
    std::vector<const node*> sources{};
    std::vector<const node*> outer_joined{};  ///< their columns can be NULL whatever their table says
    const select_node* query{};               ///< whose it is; null of other statements
    const node* changed{};                    ///< the table that an UPDATE or upsert sets columns of
    const insert_node* upsert{};              ///< whose proposed row can be seen
    [[nodiscard]] bool offers(const node* source) const {
        for (const node* s : sources)
            if (s == source) return true;
        return false;
    }
};

namespace detail {

/// The sources that an expression's columns come from, in order of appearance, each once; not those inside its subqueries.
void collect_sources(const node& expression, std::vector<const node*>& found);

}  // namespace detail
}  // namespace azoth
