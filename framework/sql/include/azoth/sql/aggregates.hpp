#pragma once

#include <azoth/sql/calls.hpp>
#include <azoth/sql/windows.hpp>

#include <nlohmann/json_fwd.hpp>

#include <initializer_list>
#include <string_view>
#include <vector>

namespace azoth {

namespace detail {

AZOTH_API node_ptr with_distinct(const node_ptr& call);
AZOTH_API node_ptr with_filter(const node_ptr& call, std::initializer_list<node_ptr> conditions);
AZOTH_API node_ptr with_order(const node_ptr& call, std::initializer_list<node_ptr> order);
AZOTH_API node_ptr within_group(const node_ptr& call, const node_ptr& order);
AZOTH_API node_ptr make_aggregate(std::string_view name, const node_ptr& of, type t);
AZOTH_API node_ptr make_string_agg(const node_ptr& text, const node_ptr& separator);
/// A fraction from 0 to 1; throws interface_error (invalid-argument).
AZOTH_API node_ptr make_percentile(std::string_view name, double fraction);
/// The type of a sum: integers are added up as 64-bit integers, floats as doubles, decimals with as many digits as it takes.
AZOTH_API type sum_type(const node& of);

/// What an aggregate can be told besides FILTER and OVER.
enum aggregate_options : unsigned { takes_no_more = 0, takes_distinct = 1, takes_order = 2 };

template <class E>
inline constexpr bool is_whole_v = (std::integral<bare_t<E>> && !std::same_as<bare_t<E>, bool> &&
                                    !std::same_as<bare_t<E>, std::uint64_t>) ||
                                   family_v<E> == type_family::unknown;

/// What JSON and arrays can hold without a change of its meaning.
template <class E>
consteval void check_collectable() {
    static_assert(!std::same_as<bare_t<E>, decimal> && !std::same_as<bare_t<E>, std::uint64_t>,
                  "azoth: a JSON number is a double on some databases: cast the decimal or the unsigned number to a text or a double");
    constexpr auto f = family_v<E>;
    static_assert(f == type_family::number || f == type_family::text || f == type_family::boolean || f == type_family::unknown ||
                      std::same_as<bare_t<E>, nlohmann::json>,
                  "azoth: JSON has texts, numbers and booleans: cast this to a text with .as<std::string>()");
}

}  // namespace detail

/// An aggregate. `Options` are detail::aggregate_options.
template <class T, unsigned Options>
class aggregate_expr : public expr<T> {
public:
    using expr<T>::expr;

    /// Takes equal values once.
    [[nodiscard]] aggregate_expr distinct() const {
        static_assert((Options & detail::takes_distinct) != 0, "azoth: this aggregate has no distinct(): aggregate a distinct subquery");
        return aggregate_expr{detail::with_distinct(this->node())};
    }
    /// Takes only the rows for which the conditions hold.
    template <class... C>
    [[nodiscard]] aggregate_expr filter(const C&... conditions) const {
        detail::check_conditions<C...>();
        return aggregate_expr{detail::with_filter(this->node(), {conditions.node()...})};
    }
    /// Takes the rows in this order.
    template <expression... E>
    [[nodiscard]] aggregate_expr order_by(const E&... by) const {
        static_assert((Options & detail::takes_order) != 0, "azoth: the order of its rows makes no difference to this aggregate");
        return aggregate_expr{detail::with_order(this->node(), {by.node()...})};
    }
    [[nodiscard]] expr<T> over(const window& w = {}) const { return expr<T>{detail::make_window(this->node(), w)}; }
    /// ... over a window that the query names.
    [[nodiscard]] expr<T> over(std::string_view name) const { return over(window{name}); }
};

/// A call of any function, of which the program knows what it takes.
template <class T>
class call_expr : public aggregate_expr<T, detail::takes_distinct | detail::takes_order> {
public:
    using aggregate_expr<T, detail::takes_distinct | detail::takes_order>::aggregate_expr;
    template <expression E>
    [[nodiscard]] call_expr within_group(const E& order) const {
        return call_expr{detail::within_group(this->node(), order.node())};
    }
};

/// An aggregate of an ordered set, which still needs its order.
template <bool Interpolates>
class ordered_set_call {
public:
    explicit ordered_set_call(node_ptr call) noexcept : call_{std::move(call)} {}
    template <expression E>
    [[nodiscard]] auto within_group(const E& order) const {
        static_assert(!Interpolates || detail::is_number_v<E>, "azoth: percentile_cont() lies between two values: it needs numbers");
        using result = std::conditional_t<Interpolates, double, typename E::value_type>;
        return aggregate_expr<add_optional_t<result>, detail::takes_no_more>{detail::within_group(call_, order.node())};
    }

private:
    node_ptr call_;
};

namespace detail {
template <expression E>
[[nodiscard]] auto statistic(std::string_view name, const E& e) {
    static_assert(is_number_v<E>, "azoth: stddev_samp(), var_pop() and their like need numbers");
    return aggregate_expr<std::optional<double>, takes_no_more>{make_aggregate(name, e.node(), type_kind::double_)};
}
}  // namespace detail

namespace func {

/// count(*)
[[nodiscard]] inline auto count() {
    return aggregate_expr<std::int64_t, detail::takes_no_more>{
        detail::make_function("count", {detail::make_star()}, type_kind::big_integer)};
}
/// How many are not NULL.
template <expression E>
[[nodiscard]] auto count(const E& e) {
    return aggregate_expr<std::int64_t, detail::takes_distinct>{detail::make_aggregate("count", e.node(), type_kind::big_integer)};
}
template <expression E>
[[nodiscard]] auto count_distinct(const E& e) {
    return count(e).distinct();
}

/// NULL over no rows, as all below. The sum of integers is a 64-bit integer, of decimals a decimal.
template <expression E>
[[nodiscard]] auto sum(const E& e) {
    static_assert(detail::is_number_v<E>, "azoth: sum() needs a number");
    using result = std::optional<typename detail::arithmetic_result<E, E>::type>;
    return aggregate_expr<result, detail::takes_distinct>{detail::make_aggregate("sum", e.node(), detail::sum_type(*e.node()))};
}
/// A double, or a decimal for decimals.
template <expression E>
[[nodiscard]] auto avg(const E& e) {
    static_assert(detail::is_number_v<E>, "azoth: avg() needs a number");
    using result = std::optional<std::conditional_t<std::same_as<detail::bare_t<E>, decimal>, decimal, double>>;
    return aggregate_expr<result, detail::takes_distinct>{detail::make_aggregate("avg", e.node(), value_traits<result>::kind)};
}
template <expression E>
[[nodiscard]] auto min(const E& e) {
    static_assert(!std::same_as<detail::bare_t<E>, bool>, "azoth: the least of booleans is bool_and()");
    return aggregate_expr<add_optional_t<typename E::value_type>, detail::takes_distinct>{
        detail::make_aggregate("min", e.node(), type_of(*e.node()))};
}
template <expression E>
[[nodiscard]] auto max(const E& e) {
    static_assert(!std::same_as<detail::bare_t<E>, bool>, "azoth: the greatest of booleans is bool_or()");
    return aggregate_expr<add_optional_t<typename E::value_type>, detail::takes_distinct>{
        detail::make_aggregate("max", e.node(), type_of(*e.node()))};
}

/// Whether the condition holds for all rows in which it is not NULL; and for any.
template <expression E>
[[nodiscard]] auto bool_and(const E& e) {
    static_assert(std::same_as<detail::bare_t<E>, bool>, "azoth: bool_and() needs a condition");
    return aggregate_expr<std::optional<bool>, detail::takes_no_more>{detail::make_aggregate("bool_and", e.node(), type_kind::boolean)};
}
template <expression E>
[[nodiscard]] auto bool_or(const E& e) {
    static_assert(std::same_as<detail::bare_t<E>, bool>, "azoth: bool_or() needs a condition");
    return aggregate_expr<std::optional<bool>, detail::takes_no_more>{detail::make_aggregate("bool_or", e.node(), type_kind::boolean)};
}
/// The bits that all have, and that any has.
template <expression E>
[[nodiscard]] auto bit_and(const E& e) {
    static_assert(detail::is_whole_v<E>, "azoth: bit_and() needs whole numbers of at most 63 bits and a sign");
    return aggregate_expr<std::optional<std::int64_t>, detail::takes_no_more>{
        detail::make_aggregate("bit_and", e.node(), type_kind::big_integer)};
}
template <expression E>
[[nodiscard]] auto bit_or(const E& e) {
    static_assert(detail::is_whole_v<E>, "azoth: bit_or() needs whole numbers of at most 63 bits and a sign");
    return aggregate_expr<std::optional<std::int64_t>, detail::takes_no_more>{
        detail::make_aggregate("bit_or", e.node(), type_kind::big_integer)};
}

/// Standard deviation and variance: of a sample (NULL below two values), and of the whole population.
template <expression E>
[[nodiscard]] auto stddev_samp(const E& e) {
    return detail::statistic("stddev_samp", e);
}
template <expression E>
[[nodiscard]] auto stddev_pop(const E& e) {
    return detail::statistic("stddev_pop", e);
}
template <expression E>
[[nodiscard]] auto var_samp(const E& e) {
    return detail::statistic("var_samp", e);
}
template <expression E>
[[nodiscard]] auto var_pop(const E& e) {
    return detail::statistic("var_pop", e);
}

/// The texts that are not NULL, joined; `separator` is one text for all: a value, a literal() or a param().
template <expression E, class S>
[[nodiscard]] auto string_agg(const E& e, const S& separator) {
    static_assert(detail::family_v<E> == type_family::text || detail::family_v<E> == type_family::unknown,
                  "azoth: string_agg() joins texts: cast the column with .as<std::string>()");
    static_assert(detail::family_v<S> == type_family::text, "azoth: the separator of string_agg() is a text");
    return aggregate_expr<std::optional<std::string>, detail::takes_distinct | detail::takes_order>{
        detail::make_string_agg(e.node(), detail::node_of(separator))};
}
/// The values as an array, NULLs and all.
template <expression E>
[[nodiscard]] auto array_agg(const E& e) {
    detail::check_collectable<E>();
    static_assert(!std::same_as<detail::bare_t<E>, nlohmann::json>, "azoth: documents are collected with json_agg()");
    return aggregate_expr<std::optional<std::vector<typename E::value_type>>, detail::takes_distinct | detail::takes_order>{
        detail::make_aggregate("array_agg", e.node(), array_of(type_of(*e.node())))};
}
/// The values as a JSON array, NULLs as null.
template <expression E>
[[nodiscard]] auto json_agg(const E& e) {
    detail::check_collectable<E>();
    return aggregate_expr<std::optional<nlohmann::json>, detail::takes_distinct | detail::takes_order>{
        detail::make_aggregate("json_agg", e.node(), type_kind::json)};
}
/// A JSON object of a key and a value for each row; of a key that comes twice either value stays.
template <expression K, expression V>
[[nodiscard]] auto json_object_agg(const K& key, const V& v) {
    static_assert(detail::family_v<K> == type_family::text, "azoth: a key of a JSON object is a text");
    static_assert(!detail::can_be_null_v<K>, "azoth: a key of a JSON object cannot be NULL: use func::coalesce()");
    detail::check_collectable<V>();
    return aggregate_expr<std::optional<nlohmann::json>, detail::takes_order>{
        detail::make_function("json_object_agg", {key.node(), v.node()}, type_kind::json)};
}

/// Aggregates of ordered sets; they need `.within_group(order)`. The value below which the fraction (0 to 1) of the rows lies: between two
/// rows' values, or one of them.
[[nodiscard]] inline ordered_set_call<true> percentile_cont(double fraction) {
    return ordered_set_call<true>{detail::make_percentile("percentile_cont", fraction)};
}
[[nodiscard]] inline ordered_set_call<false> percentile_disc(double fraction) {
    return ordered_set_call<false>{detail::make_percentile("percentile_disc", fraction)};
}
/// The value that is there most often.
[[nodiscard]] inline ordered_set_call<false> mode() {
    return ordered_set_call<false>{detail::make_function("mode", {}, type_kind::unknown)};
}

/// Which of the keys the row's group does not have, a bit a key, the last one's lowest: for rollup(), cube() and grouping_sets().
template <expression... E>
[[nodiscard]] auto grouping(const E&... keys) {
    static_assert(sizeof...(E) > 0, "azoth: grouping() needs a key of the grouping");
    return expr<std::int64_t>{detail::make_function("grouping", {keys.node()...}, type_kind::big_integer)};
}

}  // namespace func
}  // namespace azoth
