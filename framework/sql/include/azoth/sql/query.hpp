#pragma once

#include <azoth/sql/subquery.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace azoth {

template <class... Ts>
class compound_statement;

/// What returns rows: a select, a compound of selects, a text() that says its columns.
template <class Q>
concept query = requires(const Q& q) {
    typename Q::row_type;
    { q.node() } -> std::convertible_to<node_ptr>;
};

namespace detail {

AZOTH_API node_handle<compound_node> make_compound(set_operator op, std::vector<node_ptr> parts);
AZOTH_API node_ptr make_scalar(const node_ptr& query);
AZOTH_API node_ptr make_exists(const node_ptr& query);

/// The rows of a set operation: of the same types on both sides, NULLable where one side is.
template <class A, class B>
struct common_row {
    static constexpr bool matches = false;
    using row = std::tuple<>;
    using type = compound_statement<>;
};
template <class... A, class... B>
requires(sizeof...(A) == sizeof...(B)) struct common_row<std::tuple<A...>, std::tuple<B...>> {
    static constexpr bool matches = (std::same_as<remove_optional_t<A>, remove_optional_t<B>> && ...);
    using row = std::tuple<std::conditional_t<is_optional_v<B>, add_optional_t<A>, A>...>;
    using type = compound_statement<std::conditional_t<is_optional_v<B>, add_optional_t<A>, A>...>;
};

template <class A, class B>
consteval void check_parts() {
    static_assert(common_row<A, B>::matches, "azoth: the parts of a UNION must have the same columns, of the same types");
}

}  // namespace detail

/// What can be made of a query, whatever kind it is. `Ts` are the types of a row's fields.
template <class D, class... Ts>
class query_operations {
    template <class Q>
    using compound_with = typename detail::common_row<std::tuple<Ts...>, typename Q::row_type>::type;

public:
    /// As a source in another query's FROM; `columns` rename its columns.
    [[nodiscard]] azoth::subquery<Ts...> subquery(std::string_view name = {}, const std::vector<std::string>& columns = {}) const {
        return azoth::subquery<Ts...>{detail::make_subquery(node(), name, columns)};
    }
    /// The same for `join_lateral`: it sees the sources that stand before it.
    [[nodiscard]] azoth::subquery<Ts...> lateral(std::string_view name = {}, const std::vector<std::string>& columns = {}) const {
        return azoth::subquery<Ts...>{detail::make_subquery(node(), name, columns, true)};
    }
    /// As one value; NULL where it finds no row.
    [[nodiscard]] auto scalar() const {
        static_assert(sizeof...(Ts) == 1, "azoth: a scalar subquery has exactly one column");
        return expr<add_optional_t<detail::only_column_t<std::tuple<Ts...>>>>{detail::make_scalar(node())};
    }
    [[nodiscard]] expr<bool> exists() const { return expr<bool>{detail::make_exists(node())}; }

    /// The rows of both; UNION keeps each once. `a.union_(b).intersect(c)` intersects the union.
    template <query Q>
    [[nodiscard]] auto union_(const Q& other) const {
        return combined(set_operator::union_, other);
    }
    template <query Q>
    [[nodiscard]] auto union_all(const Q& other) const {
        return combined(set_operator::union_all, other);
    }
    /// The rows that both have, each once; INTERSECT ALL: as often as both have it.
    template <query Q>
    [[nodiscard]] auto intersect(const Q& other) const {
        return combined(set_operator::intersect, other);
    }
    template <query Q>
    [[nodiscard]] auto intersect_all(const Q& other) const {
        return combined(set_operator::intersect_all, other);
    }
    /// The rows that the other does not have, each once; EXCEPT ALL: one less for each that it has.
    template <query Q>
    [[nodiscard]] auto except(const Q& other) const {
        return combined(set_operator::except, other);
    }
    template <query Q>
    [[nodiscard]] auto except_all(const Q& other) const {
        return combined(set_operator::except_all, other);
    }

private:
    friend D;
    query_operations() noexcept = default;
    [[nodiscard]] node_ptr node() const { return static_cast<const D&>(*this).node(); }
    template <class Q>
    compound_with<Q> combined(set_operator op, const Q& other) const {
        detail::check_parts<std::tuple<Ts...>, typename Q::row_type>();
        return compound_with<Q>{detail::make_compound(op, {node(), other.node()})};
    }
};

}  // namespace azoth
