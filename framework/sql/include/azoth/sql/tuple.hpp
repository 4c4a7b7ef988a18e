#pragma once

#include <azoth/sql/expression.hpp>

#include <tuple>

namespace azoth {

namespace detail {
AZOTH_API node_ptr make_tuple_node(std::vector<node_ptr> elements);
/// Compares element by element: plain values take the types of what they meet.
AZOTH_API node_ptr make_tuple_comparison(binary_operator op, const node_ptr& left, const node_ptr& right);
/// `columns[i]` are the values that the i-th element may have.
AZOTH_API node_ptr make_tuple_in_list(const node_ptr& tuple, std::vector<std::vector<value>> columns, bool negated);
AZOTH_API node_ptr make_quantified(bool all, const node_ptr& query);
AZOTH_API node_ptr make_checked_cast(const node_ptr& operand, type_kind wanted, type t);
AZOTH_API node_ptr make_coerced(const node_ptr& operand, type t);
AZOTH_API node_ptr make_logical_of(logical_operator op, std::vector<node_ptr> terms);
}  // namespace detail

/// Several values as one, to be compared with others: `tuple_(a, b) < tuple_(1, 2)`, `tuple_(a, b).in({{1, 2}, {3, 4}})`. Compared as
/// words are: the first that differ decide. `Ts` are the types of its elements.
template <class... Ts>
class tuple_expr {
    static_assert(sizeof...(Ts) > 1, "azoth: a tuple has at least two elements");
    using row = std::tuple<remove_optional_t<Ts>...>;

public:
    explicit tuple_expr(node_ptr node) noexcept : node_{std::move(node)} {}
    [[nodiscard]] const node_ptr& node() const noexcept { return node_; }

    /// IN over a list of tuples, whose length need not be the same each time; an empty one holds nothing.
    [[nodiscard]] auto in(std::initializer_list<row> list) const { return in_list(list, false); }
    [[nodiscard]] auto not_in(std::initializer_list<row> list) const { return in_list(list, true); }
    template <std::ranges::input_range R>
    [[nodiscard]] auto in(const R& list) const {
        return in_list(list, false);
    }
    template <std::ranges::input_range R>
    [[nodiscard]] auto not_in(const R& list) const {
        return in_list(list, true);
    }
    /// IN over a query of as many columns.
    template <class Q>
    requires requires { typename Q::row_type; }
    [[nodiscard]] auto in(const Q& query) const { return in_query(query.node(), false, static_cast<typename Q::row_type*>(nullptr)); }
    template <class Q>
    requires requires { typename Q::row_type; }
    [[nodiscard]] auto not_in(const Q& query) const { return in_query(query.node(), true, static_cast<typename Q::row_type*>(nullptr)); }

    template <class... Us>
    [[nodiscard]] auto compare(binary_operator op, const tuple_expr<Us...>& other) const {
        check_elements<Us...>();
        return expr<detail::nullable_like_t<bool, expr<Ts>..., expr<Us>...>>{detail::make_tuple_comparison(op, node_, other.node())};
    }

private:
    template <class... Us>
    static consteval void check_elements() {
        static_assert(sizeof...(Us) == sizeof...(Ts), "azoth: these tuples have not the same number of elements");
        if constexpr (sizeof...(Us) == sizeof...(Ts)) (detail::check_comparable<expr<Ts>, expr<Us>>(), ...);
    }
    template <class R, std::size_t... I>
    static std::vector<std::vector<value>> columns_of(const R& list, std::index_sequence<I...>) {
        std::vector<std::vector<value>> columns(sizeof...(Ts));
        for (const auto& r : list) (columns[I].push_back(detail::value_from(std::get<I>(r))), ...);
        return columns;
    }
    template <class... Vs>
    static consteval void check_row(const std::tuple<Vs...>*) {
        check_elements<Vs...>();
    }
    template <class A, class B>
    static consteval void check_row(const std::pair<A, B>*) {
        check_elements<A, B>();
    }
    template <class R>
    auto in_list(const R& list, bool negated) const {
        using element = std::ranges::range_value_t<R>;
        check_row(static_cast<const element*>(nullptr));
        constexpr bool nullable = (is_optional_v<Ts> || ...);
        using result = std::conditional_t<nullable || !std::same_as<element, row>, std::optional<bool>, bool>;
        return expr<result>{detail::make_tuple_in_list(node_, columns_of(list, std::index_sequence_for<Ts...>{}), negated)};
    }
    template <class... Us>
    auto in_query(const node_ptr& query, bool negated, const std::tuple<Us...>*) const {
        check_elements<Us...>();
        return expr<detail::nullable_like_t<bool, expr<Ts>..., expr<Us>...>>{detail::make_in_query(node_, query, negated)};
    }

    node_ptr node_;
};

template <class... Es>
[[nodiscard]] auto tuple_(const Es&... elements) {
    return tuple_expr<detail::value_of_t<Es>...>{detail::make_tuple_node({detail::node_of(elements)...})};
}

// clang-format off
template <class... Ts, class... Us>
[[nodiscard]] auto operator==(const tuple_expr<Ts...>& l, const tuple_expr<Us...>& r) { return l.compare(binary_operator::equal, r); }
template <class... Ts, class... Us>
[[nodiscard]] auto operator!=(const tuple_expr<Ts...>& l, const tuple_expr<Us...>& r) { return l.compare(binary_operator::not_equal, r); }
template <class... Ts, class... Us>
[[nodiscard]] auto operator<(const tuple_expr<Ts...>& l, const tuple_expr<Us...>& r) { return l.compare(binary_operator::less, r); }
template <class... Ts, class... Us>
[[nodiscard]] auto operator<=(const tuple_expr<Ts...>& l, const tuple_expr<Us...>& r) { return l.compare(binary_operator::less_equal, r); }
template <class... Ts, class... Us>
[[nodiscard]] auto operator>(const tuple_expr<Ts...>& l, const tuple_expr<Us...>& r) { return l.compare(binary_operator::greater, r); }
template <class... Ts, class... Us>
[[nodiscard]] auto operator>=(const tuple_expr<Ts...>& l, const tuple_expr<Us...>& r) { return l.compare(binary_operator::greater_equal, r); }
// clang-format on

/// Made by any_() and all_(): `a > all_(query)`.
template <class T>
class quantified {
public:
    explicit quantified(node_ptr node) noexcept : node_{std::move(node)} {}
    [[nodiscard]] const node_ptr& node() const noexcept { return node_; }

private:
    node_ptr node_;
};

namespace detail {
template <class Q>
auto quantified_of(bool all, const Q& query) {
    using row = typename Q::row_type;
    static_assert(std::tuple_size_v<row> == 1, "azoth: any_() and all_() take a query of exactly one column");
    return quantified<only_column_t<row>>{make_quantified(all, query.node())};
}
}  // namespace detail

/// Whether a comparison holds for one of a query's values; false where there are none.
template <class Q>
requires requires { typename Q::row_type; }
[[nodiscard]] auto any_(const Q& query) { return detail::quantified_of(false, query); }
/// Whether a comparison holds for each of a query's values; true where there are none.
template <class Q>
requires requires { typename Q::row_type; }
[[nodiscard]] auto all_(const Q& query) { return detail::quantified_of(true, query); }

/// CAST to a type with its size: `cast<decimal>(e, numeric(10, 2))`. A type that is not T's throws programming_error (statement).
template <storable T, expression E>
[[nodiscard]] auto cast(const E& e, type to) {
    return expr<detail::nullable_like_t<T, E>>{detail::make_checked_cast(e.node(), value_traits<T>::kind, std::move(to))};
}
/// The same SQL, taken for another type: of what the database says otherwise than its columns' types do.
template <storable T, expression E>
[[nodiscard]] expr<T> type_coerce(const E& e) {
    return expr<T>{detail::make_coerced(e.node(), detail::type_for<T>())};
}

/// All of the conditions that a program has gathered; none are true.
template <std::ranges::input_range R>
requires condition<std::ranges::range_value_t<R>>
[[nodiscard]] auto all_of(const R& conditions) {
    std::vector<node_ptr> terms;
    for (const auto& c : conditions) terms.push_back(c.node());
    return expr<typename std::ranges::range_value_t<R>::value_type>{detail::make_logical_of(logical_operator::and_, std::move(terms))};
}
/// One of them at least; none are false.
template <std::ranges::input_range R>
requires condition<std::ranges::range_value_t<R>>
[[nodiscard]] auto any_of(const R& conditions) {
    std::vector<node_ptr> terms;
    for (const auto& c : conditions) terms.push_back(c.node());
    return expr<typename std::ranges::range_value_t<R>::value_type>{detail::make_logical_of(logical_operator::or_, std::move(terms))};
}

}  // namespace azoth
