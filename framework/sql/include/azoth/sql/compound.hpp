#pragma once

#include <azoth/sql/query.hpp>

#include <ranges>

namespace azoth {

namespace detail {
AZOTH_API compound_node& own(node_handle<compound_node>& n);
}  // namespace detail

/// UNION and its kin: a query like others. A value.
template <class... Ts>
class compound_statement : public query_operations<compound_statement<Ts...>, Ts...> {
public:
    using row_type = std::tuple<Ts...>;
    explicit compound_statement(node_handle<compound_node> node) noexcept : node_{std::move(node)} {}
    [[nodiscard]] node_ptr node() const noexcept { return node_; }

    /// Of the whole: by columns and labels that its first part returns, or by `position`.
    template <expression... E>
    [[nodiscard]] compound_statement order_by(const E&... by) const {
        compound_statement next{*this};
        (detail::own(next.node_).order_by.push_back(by.node()), ...);
        return next;
    }
    [[nodiscard]] compound_statement limit(std::int64_t rows) const {
        compound_statement next{*this};
        detail::own(next.node_).limit = detail::make_limit(rows, "limit");
        return next;
    }
    [[nodiscard]] compound_statement offset(std::int64_t rows) const {
        compound_statement next{*this};
        detail::own(next.node_).offset = detail::make_limit(rows, "offset");
        return next;
    }

private:
    node_handle<compound_node> node_;
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
