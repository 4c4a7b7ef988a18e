#pragma once

#include <azoth/sql/select.hpp>

namespace azoth {

namespace detail {
AZOTH_API node_handle<cte_node> make_cte(const node_ptr& query, std::string_view name, const std::vector<std::string>& columns);
AZOTH_API node_ptr make_cte_self(cte_node& cte);
AZOTH_API node_ptr finish_cte(node_handle<cte_node> cte, const node_ptr& recursive, bool distinct);
}  // namespace detail

/// A common table expression, which later parts of the statement use by name.
///
///     auto closure = cte("closure", select(col<&Needs::package_id>).where(...))
///                        .union_all([](const auto& self) {
///                            auto [id] = self.columns();
///                            return select(col<&Needs::needed_id>).join(self, col<&Needs::package_id> == id);
///                        });
///     auto [id] = closure.columns();
template <class... Ts>
class cte_of : public subquery<Ts...> {
public:
    using subquery<Ts...>::subquery;

    /// Makes it recursive: `body` gets the CTE as the rows found so far, and returns the query that finds more. UNION keeps each row once
    /// and so ends on graphs with cycles; UNION ALL keeps all.
    template <class Body>
    [[nodiscard]] cte_of union_(const Body& body) const {
        return recursive(body, true);
    }
    template <class Body>
    [[nodiscard]] cte_of union_all(const Body& body) const {
        return recursive(body, false);
    }

private:
    template <class Body>
    cte_of recursive(const Body& body, bool distinct) const {
        auto cte = make_node<cte_node>(static_cast<const cte_node&>(*this->source()));
        const subquery<Ts...> self{detail::make_cte_self(*cte)};
        const auto query = body(self);
        static_assert(std::same_as<typename decltype(query)::row_type, std::tuple<Ts...>>,
                      "azoth: the recursive part of a CTE must return the same types as its first part");
        return cte_of{detail::finish_cte(std::move(cte), query.node(), distinct)};
    }
};

template <class... Ts>
[[nodiscard]] cte_of<Ts...> cte(std::string_view name, const select_statement<Ts...>& query, const std::vector<std::string>& columns = {}) {
    return cte_of<Ts...>{node_ptr{detail::make_cte(query.node(), name, columns)}};
}

}  // namespace azoth
