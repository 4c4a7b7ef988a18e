#pragma once

#include <azoth/sql/select.hpp>

namespace azoth {

namespace detail {
AZOTH_API node_handle<cte_node> make_cte(const node_ptr& query, std::string_view name, const std::vector<std::string>& columns);
AZOTH_API node_ptr make_cte_self(cte_node& cte);
AZOTH_API node_ptr finish_cte(node_handle<cte_node> cte, const node_ptr& recursive, bool distinct);
AZOTH_API node_ptr hinted_cte(const node_ptr& cte, materialization hint);

/// Whether rows of `B` can follow those of `A`: of the same types, and NULL only where `A` has it too.
template <class A, class B>
inline constexpr bool follows_v = false;
template <class... A, class... B>
requires(sizeof...(A) ==
         sizeof...(B)) inline constexpr bool follows_v<std::tuple<A...>, std::tuple<B...>> = ((std::same_as<A, B> ||
                                                                                               std::same_as<A, add_optional_t<B>>)&&...);

template <class Row>
struct cte_of_row;
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

    /// Asks the database to compute it once and keep it, or to fold it into what uses it: where it knows how to say so (PostgreSQL 12,
    /// SQLite 3.35), for no result depends on it.
    [[nodiscard]] cte_of materialized() const { return cte_of{detail::hinted_cte(this->source(), materialization::materialized)}; }
    [[nodiscard]] cte_of not_materialized() const { return cte_of{detail::hinted_cte(this->source(), materialization::not_materialized)}; }

private:
    template <class Body>
    cte_of recursive(const Body& body, bool distinct) const {
        auto cte = make_node<cte_node>(static_cast<const cte_node&>(*this->source()));
        const subquery<Ts...> self{detail::make_cte_self(*cte)};
        const auto query = body(self);
        static_assert(detail::follows_v<std::tuple<Ts...>, typename decltype(query)::row_type>,
                      "azoth: the recursive part of a CTE must return the same types as its first part: cast "
                      "what differs with .as<T>(); a counter begins with literal(std::int64_t{0}), since sums of integers are of 64 bits");
        return cte_of{detail::finish_cte(std::move(cte), query.node(), distinct)};
    }
};

namespace detail {
template <class... Ts>
struct cte_of_row<std::tuple<Ts...>> {
    using type = cte_of<Ts...>;
};
}  // namespace detail

/// `query`: a select, a compound of selects, a text() that says its columns; on PostgreSQL also an insert, update or delete that returns
/// rows. Its rows are computed before the statement's own, whose parts use them by the CTE's name.
template <query Q>
[[nodiscard]] auto cte(std::string_view name, const Q& query, const std::vector<std::string>& columns = {}) {
    return typename detail::cte_of_row<typename Q::row_type>::type{node_ptr{detail::make_cte(query.node(), name, columns)}};
}

}  // namespace azoth
