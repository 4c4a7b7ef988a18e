#pragma once

#include <azoth/sql/functions_numbers.hpp>
#include <azoth/sql/functions_text.hpp>
#include <azoth/sql/tuple.hpp>

#include <initializer_list>

namespace azoth {

namespace detail {
AZOTH_API node_ptr make_function(std::string_view name, std::initializer_list<node_ptr> arguments, type t, bool distinct = false);
AZOTH_API node_ptr make_star();
AZOTH_API node_ptr make_window(const node_ptr& function, const window_node* frame);
}  // namespace detail

/// PARTITION BY, ORDER BY and frame of a window function. A value.
class AZOTH_API window {
public:
    window();
    template <expression... E>
    [[nodiscard]] window partition_by(const E&... by) const {
        window w{*this};
        (w.add_partition(by.node()), ...);
        return w;
    }
    template <expression... E>
    [[nodiscard]] window order_by(const E&... by) const {
        window w{*this};
        (w.add_order(by.node()), ...);
        return w;
    }
    /// The frame, from and to so many rows before (negative) and after the current one; std::nullopt: unbounded.
    [[nodiscard]] window rows(std::optional<std::int32_t> from, std::optional<std::int32_t> to) const;
    [[nodiscard]] const window_node& node() const noexcept { return *node_; }

private:
    void add_partition(const node_ptr& by);
    void add_order(const node_ptr& by);
    node_handle<window_node> node_;
};

template <expression... E>
[[nodiscard]] window partition_by(const E&... by) {
    return window{}.partition_by(by...);
}

/// A call, which can also be a window function.
template <class T>
class function_expr : public expr<T> {
public:
    using expr<T>::expr;
    [[nodiscard]] expr<T> over(const window& w = {}) const { return expr<T>{detail::make_window(this->node(), &w.node())}; }
};

namespace func {

/// Any function of the database by name, its result type said by the caller: `func::call<std::string>("soundex", name)`. The name has to
/// be a constant of the program; one that is no identifier throws programming_error (statement).
template <storable R, class... Args>
[[nodiscard]] function_expr<R> call(std::string_view name, const Args&... args) {
    return function_expr<R>{detail::make_function(name, {detail::node_of(args)...}, value_traits<R>::kind)};
}

/// count(*)
[[nodiscard]] inline function_expr<std::int64_t> count() {
    return function_expr<std::int64_t>{detail::make_function("count", {detail::make_star()}, type_kind::big_integer)};
}
/// How many are not NULL.
template <expression E>
[[nodiscard]] function_expr<std::int64_t> count(const E& e) {
    return function_expr<std::int64_t>{detail::make_function("count", {e.node()}, type_kind::big_integer)};
}
template <expression E>
[[nodiscard]] function_expr<std::int64_t> count_distinct(const E& e) {
    return function_expr<std::int64_t>{detail::make_function("count", {e.node()}, type_kind::big_integer, true)};
}

/// NULL over no rows. The sum of integers is a 64-bit integer, of decimals a decimal.
template <expression E>
[[nodiscard]] auto sum(const E& e) {
    static_assert(detail::family_v<E> == type_family::number || detail::family_v<E> == type_family::unknown, "azoth: sum() needs a number");
    using result = std::optional<typename detail::arithmetic_result<E, E>::type>;
    return function_expr<result>{detail::make_function("sum", {e.node()}, type_of(*e.node()))};
}
/// NULL over no rows; a double, or a decimal for decimals.
template <expression E>
[[nodiscard]] auto avg(const E& e) {
    static_assert(detail::family_v<E> == type_family::number || detail::family_v<E> == type_family::unknown, "azoth: avg() needs a number");
    using result = std::optional<std::conditional_t<std::same_as<detail::bare_t<E>, decimal>, decimal, double>>;
    return function_expr<result>{detail::make_function("avg", {e.node()}, value_traits<result>::kind)};
}
/// NULL over no rows.
template <expression E>
[[nodiscard]] auto min(const E& e) {
    return function_expr<add_optional_t<typename E::value_type>>{detail::make_function("min", {e.node()}, type_of(*e.node()))};
}
template <expression E>
[[nodiscard]] auto max(const E& e) {
    return function_expr<add_optional_t<typename E::value_type>>{detail::make_function("max", {e.node()}, type_of(*e.node()))};
}

/// The first argument that is not NULL; never NULL where the last one cannot be.
template <expression E, class... Args>
[[nodiscard]] auto coalesce(const E& e, const Args&... args) {
    (detail::check_comparable<E, Args>(), ...);
    using plain = detail::bare_t<E>;
    constexpr bool nullable = detail::can_be_null_v<E> && (detail::can_be_null_v<Args> && ...);
    using result = std::conditional_t<nullable, std::optional<plain>, plain>;
    return function_expr<result>{
        detail::make_function("coalesce", {e.node(), detail::node_of(args, e.node().get())...}, type_of(*e.node()))};
}
template <expression E>
[[nodiscard]] auto lower(const E& e) {
    static_assert(detail::family_v<E> == type_family::text || detail::family_v<E> == type_family::unknown, "azoth: lower() needs a text");
    return function_expr<typename E::value_type>{detail::make_function("lower", {e.node()}, type_kind::text)};
}
template <expression E>
[[nodiscard]] auto upper(const E& e) {
    static_assert(detail::family_v<E> == type_family::text || detail::family_v<E> == type_family::unknown, "azoth: upper() needs a text");
    return function_expr<typename E::value_type>{detail::make_function("upper", {e.node()}, type_kind::text)};
}
/// In characters.
template <expression E>
[[nodiscard]] auto char_length(const E& e) {
    static_assert(detail::family_v<E> == type_family::text || detail::family_v<E> == type_family::unknown,
                  "azoth: char_length() needs a text");
    return function_expr<detail::nullable_like_t<std::int64_t, E>>{
        detail::make_function("char_length", {e.node()}, type_kind::big_integer)};
}
template <expression E>
[[nodiscard]] auto abs(const E& e) {
    static_assert(detail::family_v<E> == type_family::number || detail::family_v<E> == type_family::unknown, "azoth: abs() needs a number");
    return function_expr<typename E::value_type>{detail::make_function("abs", {e.node()}, type_of(*e.node()))};
}

/// Window functions: they need `.over(...)`.
[[nodiscard]] inline function_expr<std::int64_t> rank() {
    return function_expr<std::int64_t>{detail::make_function("rank", {}, type_kind::big_integer)};
}
[[nodiscard]] inline function_expr<std::int64_t> dense_rank() {
    return function_expr<std::int64_t>{detail::make_function("dense_rank", {}, type_kind::big_integer)};
}
[[nodiscard]] inline function_expr<std::int64_t> row_number() {
    return function_expr<std::int64_t>{detail::make_function("row_number", {}, type_kind::big_integer)};
}

}  // namespace func

namespace detail {
/// The type of a CASE whose branches so far are `T`, with one more of `V`. The first branch says the type; NULL may come with any.
template <class T, class V>
struct case_type {
    static consteval void check() {
        check_comparable<expr<T>, V>();
        static_assert(!std::integral<remove_optional_t<T>> || std::integral<bare_t<V>> || family_v<V> != type_family::number,
                      "azoth: this branch of a CASE has a fraction, but the first one is an integer: cast the first with .as<double>()");
    }
    static constexpr bool is_nothing = std::same_as<value_of_t<V>, std::nullopt_t>;
    using type = std::conditional_t<is_nothing || can_be_null_v<V>, add_optional_t<T>, T>;
};
}  // namespace detail

/// CASE WHEN ... THEN ... ELSE ... END: `when(a > b, "more").when(a < b, "less").otherwise("same")`. The first branch says the type of all.
template <class T>
class case_builder {
public:
    explicit case_builder(std::vector<case_node::branch> branches = {}) : branches_{std::move(branches)} {}

    template <class C, class V>
    [[nodiscard]] auto when(const C& c, const V& v) const {
        detail::check_conditions<C>();
        detail::case_type<T, V>::check();
        auto branches = branches_;
        branches.push_back({c.node(), detail::node_of(v)});
        return case_builder<typename detail::case_type<T, V>::type>{std::move(branches)};
    }
    /// Without it the value is NULL where no branch applies.
    template <class V>
    [[nodiscard]] auto otherwise(const V& v) const {
        detail::case_type<T, V>::check();
        return expr<typename detail::case_type<T, V>::type>{make_node<const case_node>(branches_, detail::node_of(v))};
    }
    [[nodiscard]] expr<add_optional_t<T>> end() const { return expr<add_optional_t<T>>{make_node<const case_node>(branches_)}; }

private:
    std::vector<case_node::branch> branches_;
};

template <class C, class V>
[[nodiscard]] auto when(const C& c, const V& v) {
    return case_builder<detail::value_of_t<V>>{}.when(c, v);
}

}  // namespace azoth
