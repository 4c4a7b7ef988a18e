#pragma once

#include <azoth/sql/ordered_clauses.hpp>
#include <azoth/sql/query.hpp>

#include <ranges>

namespace azoth {

/// UNION and its kin: a query like others. A value. It is ordered by columns and labels that its first part returns, or by `position`.
template <class... Ts>
class compound_statement : public ordered_clauses<compound_statement<Ts...>, compound_node>,
                           public query_operations<compound_statement<Ts...>, Ts...> {
public:
    using row_type = std::tuple<Ts...>;
    explicit compound_statement(node_handle<compound_node> node) noexcept
        : ordered_clauses<compound_statement<Ts...>, compound_node>(std::move(node)) {}
    [[nodiscard]] node_ptr node() const noexcept { return this->node_; }
};

namespace detail {

template <class Row>
struct row_tag {
    using row = Row;
};
template <class A, class B>
consteval auto operator+(row_tag<A>, row_tag<B>) {
    check_parts<A, B>();
    return row_tag<typename common_row<A, B>::row>{};
}

template <class First, class... More>
auto compound_of(set_operator op, const First& first, const More&... more) {
    using row = typename decltype((row_tag<typename First::row_type>{} + ... + row_tag<typename More::row_type>{}))::row;
    return typename common_row<row, row>::type{make_compound(op, {first.node(), more.node()...})};
}
template <class R>
auto compound_of_range(set_operator op, const R& parts) {
    using row = typename std::ranges::range_value_t<R>::row_type;
    std::vector<node_ptr> nodes;
    for (const auto& p : parts) nodes.push_back(p.node());
    return typename common_row<row, row>::type{make_compound(op, std::move(nodes))};
}

}  // namespace detail

/// Several queries of the same types at once: `union_all_of(a, b, c)`, or of a container of them.
template <query First, query... More>
[[nodiscard]] auto union_of(const First& first, const More&... more) {
    return detail::compound_of(set_operator::union_, first, more...);
}
template <std::ranges::input_range R>
requires query<std::ranges::range_value_t<R>>
[[nodiscard]] auto union_of(const R& parts) { return detail::compound_of_range(set_operator::union_, parts); }
template <query First, query... More>
[[nodiscard]] auto union_all_of(const First& first, const More&... more) {
    return detail::compound_of(set_operator::union_all, first, more...);
}
template <std::ranges::input_range R>
requires query<std::ranges::range_value_t<R>>
[[nodiscard]] auto union_all_of(const R& parts) { return detail::compound_of_range(set_operator::union_all, parts); }
template <query First, query... More>
[[nodiscard]] auto intersect_of(const First& first, const More&... more) {
    return detail::compound_of(set_operator::intersect, first, more...);
}

/// The n-th column of a query, counted from 1, to order a compound by.
[[nodiscard]] AZOTH_API expr<value> position(std::uint32_t n);

}  // namespace azoth
