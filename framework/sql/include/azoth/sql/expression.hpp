#pragma once

#include <azoth/sql/document_members.hpp>
#include <azoth/sql/expression_members.hpp>

#include <ranges>

namespace azoth {

/// What expressions can do. `D` has `node()`; `T` is the C++ type of its value, std::optional where it can be NULL.
template <class D, class T>
class operations : public text_members<D, T>, public number_members<D, T>, public document_members<D, T> {
    using truth = expr<std::conditional_t<std::is_void_v<T>, T, bool>>;  // dependent: expr is incomplete here

public:
    using value_type = T;

    /// Names it in the result: `AS "name"`.
    [[nodiscard]] expr<T> label(std::string_view name) const { return expr<T>{detail::make_label(node(), name)}; }
    [[nodiscard]] truth is_null() const { return truth{detail::make_is_null(node(), false)}; }
    [[nodiscard]] truth is_not_null() const { return truth{detail::make_is_null(node(), true)}; }
    [[nodiscard]] expr<T> desc(nulls_order nulls = nulls_order::unspecified) const {
        return expr<T>{detail::make_order(node(), true, nulls)};
    }
    [[nodiscard]] expr<T> asc(nulls_order nulls = nulls_order::unspecified) const {
        return expr<T>{detail::make_order(node(), false, nulls)};
    }
    [[nodiscard]] truth is_true() const { return truth{detail::make_unary(unary_operator::is_true, node())}; }
    [[nodiscard]] truth is_false() const { return truth{detail::make_unary(unary_operator::is_false, node())}; }
    /// CAST to another type, NULL staying NULL.
    template <storable To>
    [[nodiscard]] auto as() const {
        return expr<detail::nullable_like_t<To, D>>{detail::make_cast(node(), detail::type_for<To>())};
    }
    /// CAST that gives NULL where the value does not convert: of a text to a number, of an integer to a smaller one.
    template <storable To>
    [[nodiscard]] auto try_as() const {
        static_assert(detail::can_be_tried<D, To>(), "azoth: try_as() makes numbers of texts, and smaller integers of integers");
        return expr<add_optional_t<To>>{detail::make_try_cast(node(), detail::type_for<To>())};
    }

    /// IN over a list, whose length need not be the same each time; an empty one holds nothing.
    template <std::ranges::input_range R>
    requires(!std::convertible_to<R, std::string_view>) [[nodiscard]] auto in(const R& list) const { return in_list(list, false); }
    template <std::ranges::input_range R>
    requires(!std::convertible_to<R, std::string_view>) [[nodiscard]] auto not_in(const R& list) const { return in_list(list, true); }
    [[nodiscard]] auto in(std::initializer_list<remove_optional_t<T>> list) const { return in_list(list, false); }
    [[nodiscard]] auto not_in(std::initializer_list<remove_optional_t<T>> list) const { return in_list(list, true); }
    /// IN over a list that is given at execution: `param_list`.
    template <class U>
    [[nodiscard]] auto in(const parameter_list<U>& list) const {
        return in_parameter(list, false);
    }
    template <class U>
    [[nodiscard]] auto not_in(const parameter_list<U>& list) const {
        return in_parameter(list, true);
    }
    /// IN over a query of one column.
    template <class Q>
    requires requires { typename Q::row_type; }
    [[nodiscard]] auto in(const Q& query) const { return in_query(query, false); }
    template <class Q>
    requires requires { typename Q::row_type; }
    [[nodiscard]] auto not_in(const Q& query) const { return in_query(query, true); }

    template <class L, class H>
    [[nodiscard]] auto between(const L& low, const H& high) const {
        return range(low, high, false);
    }
    /// BETWEEN whose bounds may come in either order.
    template <class L, class H>
    [[nodiscard]] auto between_symmetric(const L& one, const H& other) const {
        return expr<detail::nullable_like_t<bool, D, L, H>>{
            detail::make_logical(logical_operator::or_, range(one, other, false).node(), range(other, one, false).node())};
    }
    template <class L, class H>
    [[nodiscard]] auto not_between(const L& low, const H& high) const {
        return range(low, high, true);
    }

    /// Equality to which NULL is a value like others.
    template <class R>
    [[nodiscard]] truth is_distinct_from(const R& other) const {
        return distinct(binary_operator::is_distinct_from, other);
    }
    template <class R>
    [[nodiscard]] truth is_not_distinct_from(const R& other) const {
        return distinct(binary_operator::is_not_distinct_from, other);
    }

private:
    [[nodiscard]] const node_ptr& node() const { return static_cast<const D&>(*this).node(); }
    template <class R>
    auto in_list(const R& list, bool negated) const {
        using element = std::ranges::range_value_t<R>;
        detail::check_comparable<D, element>();
        std::vector<value> values;
        for (const auto& v : list) values.push_back(detail::value_from<element>(v));
        return expr<detail::nullable_like_t<bool, D, element>>{detail::make_in_list(node(), std::move(values), negated)};
    }
    template <class U>
    auto in_parameter(const parameter_list<U>& list, bool negated) const {
        detail::check_comparable<D, expr<U>>();
        return expr<detail::nullable_like_t<bool, D, expr<U>>>{detail::make_in_parameter(node(), list.node(), negated)};
    }
    template <class Q>
    auto in_query(const Q& query, bool negated) const {
        using row = typename Q::row_type;
        static_assert(std::tuple_size_v<row> == 1, "azoth: IN takes a query of exactly one column");
        using member = expr<detail::only_column_t<row>>;
        detail::check_comparable<D, member>();
        return expr<detail::nullable_like_t<bool, D, member>>{detail::make_in_query(node(), query.node(), negated)};
    }
    template <class L, class H>
    auto range(const L& low, const H& high, bool negated) const {
        detail::check_comparable<D, L>();
        detail::check_comparable<D, H>();
        return expr<detail::nullable_like_t<bool, D, L, H>>{
            detail::make_between(node(), detail::node_of(low, node().get()), detail::node_of(high, node().get()), negated)};
    }
    template <class R>
    truth distinct(binary_operator op, const R& other) const {
        detail::check_comparable<D, R>();
        return truth{detail::make_binary(op, node(), detail::node_of(other, node().get()))};
    }
};

/// A typed expression: a thin skin over a shared, immutable node. Cheap to copy.
template <class T>
class expr : public operations<expr<T>, T> {
public:
    explicit expr(node_ptr node) noexcept : node_{std::move(node)} {}
    [[nodiscard]] const node_ptr& node() const noexcept { return node_; }

private:
    node_ptr node_;
};

namespace detail {

template <class L, class R>
concept operands = expression<L> || expression<R>;

template <class L, class R>
auto compare(binary_operator op, const L& l, const R& r) {
    check_comparable<L, R>();
    using result = expr<nullable_like_t<bool, L, R>>;
    if constexpr (is_quantified_v<R>) return result{make_binary(op, l.node(), r.node())};
    else if constexpr (expression<L>) return result{make_binary(op, l.node(), node_of(r, l.node().get()))};
    else return result{make_binary(op, node_of(l, r.node().get()), r.node())};
}

/// == and != with "nothing" ask for NULL, as SQL's = never finds it.
template <class V>
bool is_nothing(const V& v) {
    if constexpr (std::same_as<V, std::nullopt_t>) return true;
    else if constexpr (is_optional_v<V>) return !v.has_value();
    else if constexpr (std::same_as<V, value>) return v.is_null();
    else return false;
}

template <class L, class R>
auto compare_equal(bool negated, const L& l, const R& r) {
    using result = expr<nullable_like_t<bool, L, R>>;
    if constexpr (!expression<R>)
        if (is_nothing(r)) return result{make_is_null(l.node(), negated)};
    if constexpr (!expression<L>)
        if (is_nothing(l)) return result{make_is_null(r.node(), negated)};
    if constexpr (std::same_as<L, std::nullopt_t> || std::same_as<R, std::nullopt_t>) return result{node_ptr{}};
    else return compare(negated ? binary_operator::not_equal : binary_operator::equal, l, r);
}

/// SQL's result of arithmetic: exact stays exact, an approximate operand makes it approximate.
template <class L, class R>
struct arithmetic_result {
    static_assert(family_v<L> == type_family::number || family_v<L> == type_family::unknown,
                  "azoth: arithmetic needs numbers on both sides: the left one is not");
    static_assert(family_v<R> == type_family::number || family_v<R> == type_family::unknown,
                  "azoth: arithmetic needs numbers on both sides: the right one is not");
    using l = bare_t<L>;
    using r = bare_t<R>;
    template <class X>
    static constexpr bool is = std::same_as<l, X> || std::same_as<r, X>;
    using type = std::conditional_t<
        is<value>, value,
        std::conditional_t<std::is_floating_point_v<l> || std::is_floating_point_v<r>, double,
                           std::conditional_t<is<decimal>, decimal, std::conditional_t<is<std::uint64_t>, std::uint64_t, std::int64_t>>>>;
};
template <class L, class R>
using arithmetic_t = nullable_like_t<typename arithmetic_result<L, R>::type, L, R>;

template <class Result, class L, class R>
auto combine(binary_operator op, const L& l, const R& r) {
    if constexpr (expression<L>) return expr<Result>{make_binary(op, l.node(), node_of(r, l.node().get()))};
    else return expr<Result>{make_binary(op, node_of(l, r.node().get()), r.node())};
}

template <class E>
inline constexpr bool is_text_v = family_v<E> == type_family::text;

}  // namespace detail

// clang-format off
template <class L, class R> requires detail::operands<L, R>
[[nodiscard]] auto operator==(const L& l, const R& r) { return detail::compare_equal(false, l, r); }
template <class L, class R> requires detail::operands<L, R>
[[nodiscard]] auto operator!=(const L& l, const R& r) { return detail::compare_equal(true, l, r); }
template <class L, class R> requires detail::operands<L, R>
[[nodiscard]] auto operator<(const L& l, const R& r) { return detail::compare(binary_operator::less, l, r); }
template <class L, class R> requires detail::operands<L, R>
[[nodiscard]] auto operator<=(const L& l, const R& r) { return detail::compare(binary_operator::less_equal, l, r); }
template <class L, class R> requires detail::operands<L, R>
[[nodiscard]] auto operator>(const L& l, const R& r) { return detail::compare(binary_operator::greater, l, r); }
template <class L, class R> requires detail::operands<L, R>
[[nodiscard]] auto operator>=(const L& l, const R& r) { return detail::compare(binary_operator::greater_equal, l, r); }

/// The sum of numbers, or the concatenation of texts.
template <class L, class R> requires detail::operands<L, R>
[[nodiscard]] auto operator+(const L& l, const R& r) {
    if constexpr (detail::is_text_v<L> && detail::is_text_v<R>) return detail::combine<detail::nullable_like_t<std::string, L, R>>(binary_operator::concat, l, r);
    else return detail::combine<detail::arithmetic_t<L, R>>(binary_operator::add, l, r);
}
template <class L, class R> requires detail::operands<L, R>
[[nodiscard]] auto operator-(const L& l, const R& r) { return detail::combine<detail::arithmetic_t<L, R>>(binary_operator::subtract, l, r); }
template <class L, class R> requires detail::operands<L, R>
[[nodiscard]] auto operator*(const L& l, const R& r) { return detail::combine<detail::arithmetic_t<L, R>>(binary_operator::multiply, l, r); }
/// True division: 1 / 2 is 0.5 on every database, so that integers are divided as doubles.
template <class L, class R> requires detail::operands<L, R>
[[nodiscard]] auto operator/(const L& l, const R& r) {
    using exact = detail::arithmetic_t<L, R>;
    if constexpr (std::integral<remove_optional_t<exact>>) {
        const expr<exact> left{detail::make_cast(detail::node_of(l), type_kind::double_)};
        return detail::combine<detail::nullable_like_t<double, L, R>>(binary_operator::divide, left, r);
    } else {
        return detail::combine<exact>(binary_operator::divide, l, r);
    }
}
template <class L, class R> requires detail::operands<L, R>
[[nodiscard]] auto operator%(const L& l, const R& r) { return detail::combine<detail::arithmetic_t<L, R>>(binary_operator::modulo, l, r); }
template <expression E>
[[nodiscard]] auto operator-(const E& e) { return expr<typename E::value_type>{detail::make_unary(unary_operator::negate, e.node())}; }

template <condition L, condition R>
[[nodiscard]] auto operator&&(const L& l, const R& r) { return expr<detail::nullable_like_t<bool, L, R>>{detail::make_logical(logical_operator::and_, l.node(), r.node())}; }
template <condition L, condition R>
[[nodiscard]] auto operator||(const L& l, const R& r) { return expr<detail::nullable_like_t<bool, L, R>>{detail::make_logical(logical_operator::or_, l.node(), r.node())}; }
template <condition E>
[[nodiscard]] auto operator!(const E& e) { return expr<typename E::value_type>{detail::make_unary(unary_operator::not_, e.node())}; }
// clang-format on

/// The same expression, read into std::optional: needed where an outer join can make it NULL.
template <expression E>
[[nodiscard]] auto maybe(const E& e) {
    return expr<add_optional_t<typename E::value_type>>{e.node()};
}

/// A value as an expression of its own, bound.
template <class V>
[[nodiscard]] auto bound(const V& v) {
    return expr<detail::value_of_t<V>>{detail::make_bind(detail::value_from(v), nullptr)};
}
/// A value written into the SQL text by the dialect's literal rules.
template <class V>
[[nodiscard]] auto literal(const V& v) {
    return expr<detail::value_of_t<V>>{detail::make_literal(detail::value_from(v))};
}

}  // namespace azoth
