#pragma once

#include <azoth/sql/subquery.hpp>

#include <concepts>
#include <utility>
#include <vector>

namespace azoth {

namespace detail {
AZOTH_API select_node& own(node_handle<select_node>& n);
AZOTH_API joined_node& own(node_handle<joined_node>& n);
AZOTH_API void add_join(select_node& n, join_kind kind, const node_ptr& target, const node_ptr& on);
AZOTH_API void add_join(joined_node& n, join_kind kind, const node_ptr& target, const node_ptr& on);

/// What knows by itself how it is joined, such as a relation.
template <class P>
concept join_path = requires(const P& p) {
    { p.joins(join_kind::inner) } -> std::same_as<std::vector<join_item>>;
};

inline node_ptr joined_condition() { return {}; }
/// Several conditions mean AND.
template <class C, class... More>
node_ptr joined_condition(const C& on, const More&... more) {
    check_conditions<C, More...>();
    node_ptr all = on.node();
    ((all = make_logical(logical_operator::and_, all, more.node())), ...);
    return all;
}
}  // namespace detail

/// The joins of a query. A target is a struct, alias, table, subquery, CTE or table function; without a condition it is joined by the
/// one foreign key between it and what stands before it.
template <class D>
class join_operations {
public:
    template <class S, class... C>
    [[nodiscard]] D join(const S& target, const C&... on) && {
        return joined(join_kind::inner, detail::source_of(target), detail::joined_condition(on...));
    }
    template <class S, class... C>
    [[nodiscard]] D join(const S& target, const C&... on) const& {
        return copy().join(target, on...);
    }
    template <mapped T, class... C>
    [[nodiscard]] D join(const C&... on) && {
        return joined(join_kind::inner, entity<T>.source(), detail::joined_condition(on...));
    }
    template <mapped T, class... C>
    [[nodiscard]] D join(const C&... on) const& {
        return copy().template join<T>(on...);
    }

    /// Along a path that says its joins: `select<Author>().join(orm::along<&Author::books>)`.
    template <detail::join_path P>
    [[nodiscard]] D join(const P& path) && {
        return joined(path.joins(join_kind::inner));
    }
    template <detail::join_path P>
    [[nodiscard]] D join(const P& path) const& {
        return copy().join(path);
    }

    /// LEFT JOIN. The joined columns can be NULL then: select `maybe(...)` of them.
    template <class S, class... C>
    [[nodiscard]] D outer_join(const S& target, const C&... on) && {
        return joined(join_kind::left, detail::source_of(target), detail::joined_condition(on...));
    }
    template <class S, class... C>
    [[nodiscard]] D outer_join(const S& target, const C&... on) const& {
        return copy().outer_join(target, on...);
    }
    template <mapped T, class... C>
    [[nodiscard]] D outer_join(const C&... on) && {
        return joined(join_kind::left, entity<T>.source(), detail::joined_condition(on...));
    }
    template <mapped T, class... C>
    [[nodiscard]] D outer_join(const C&... on) const& {
        return copy().template outer_join<T>(on...);
    }

    template <detail::join_path P>
    [[nodiscard]] D outer_join(const P& path) && {
        return joined(path.joins(join_kind::left));
    }
    template <detail::join_path P>
    [[nodiscard]] D outer_join(const P& path) const& {
        return copy().outer_join(path);
    }

    /// RIGHT JOIN: it is what stands before it that can be NULL.
    template <class S, class... C>
    [[nodiscard]] D right_join(const S& target, const C&... on) && {
        return joined(join_kind::right, detail::source_of(target), detail::joined_condition(on...));
    }
    template <class S, class... C>
    [[nodiscard]] D right_join(const S& target, const C&... on) const& {
        return copy().right_join(target, on...);
    }
    template <mapped T, class... C>
    [[nodiscard]] D right_join(const C&... on) && {
        return joined(join_kind::right, entity<T>.source(), detail::joined_condition(on...));
    }
    template <mapped T, class... C>
    [[nodiscard]] D right_join(const C&... on) const& {
        return copy().template right_join<T>(on...);
    }

    /// FULL JOIN: both sides can be NULL.
    template <class S, class... C>
    [[nodiscard]] D full_join(const S& target, const C&... on) && {
        return joined(join_kind::full, detail::source_of(target), detail::joined_condition(on...));
    }
    template <class S, class... C>
    [[nodiscard]] D full_join(const S& target, const C&... on) const& {
        return copy().full_join(target, on...);
    }
    template <mapped T, class... C>
    [[nodiscard]] D full_join(const C&... on) && {
        return joined(join_kind::full, entity<T>.source(), detail::joined_condition(on...));
    }
    template <mapped T, class... C>
    [[nodiscard]] D full_join(const C&... on) const& {
        return copy().template full_join<T>(on...);
    }

    template <class S>
    [[nodiscard]] D cross_join(const S& target) && {
        return joined(join_kind::cross, detail::source_of(target), {});
    }
    template <class S>
    [[nodiscard]] D cross_join(const S& target) const& {
        return copy().cross_join(target);
    }
    template <mapped T>
    [[nodiscard]] D cross_join() const& {
        return cross_join(entity<T>);
    }

    /// JOIN LATERAL of `query.lateral("l")`, which sees what stands before it; without a condition all its rows.
    template <class... Ts, class... C>
    [[nodiscard]] D join_lateral(const subquery<Ts...>& target, const C&... on) const& {
        return D{self()}.joined(sizeof...(C) == 0 ? join_kind::cross : join_kind::inner, target.source(), detail::joined_condition(on...));
    }
    /// LEFT JOIN LATERAL: a row without partners stays.
    template <class... Ts, class... C>
    [[nodiscard]] D outer_join_lateral(const subquery<Ts...>& target, const C&... on) const& {
        return D{self()}.joined(join_kind::left, target.source(), detail::joined_condition(on...));
    }

private:
    friend D;
    join_operations() noexcept = default;
    [[nodiscard]] const D& self() const noexcept { return static_cast<const D&>(*this); }
    [[nodiscard]] D copy() const { return self(); }
    [[nodiscard]] D joined(join_kind kind, const node_ptr& target, const node_ptr& on) {
        D& changed = static_cast<D&>(*this);
        detail::add_join(detail::own(changed.node_), kind, target, on);
        return std::move(changed);
    }
    [[nodiscard]] D joined(const std::vector<join_item>& items) {
        D& changed = static_cast<D&>(*this);
        for (const auto& i : items) detail::add_join(detail::own(changed.node_), i.kind, i.target, i.on);
        return std::move(changed);
    }
};

/// Joins as one target of a join: `nested(entity<Order>).join<Item>()` joins orders with items before it is joined itself.
class nested_join : public join_operations<nested_join> {
public:
    explicit nested_join(node_handle<joined_node> node) noexcept : node_{std::move(node)} {}
    [[nodiscard]] node_ptr source() const noexcept { return node_; }

private:
    friend join_operations<nested_join>;
    node_handle<joined_node> node_;
};

template <class S>
[[nodiscard]] nested_join nested(const S& first) {
    return nested_join{make_node<joined_node>(detail::source_of(first))};
}

}  // namespace azoth
