#pragma once

#include <azoth/sql/calls.hpp>

namespace azoth {

namespace detail {

AZOTH_API node_ptr make_rounding(operation op, const node_ptr& operand, int digits);

template <class E>
inline constexpr bool has_fraction_v = is_number_v<E> && !std::integral<bare_t<E>>;

template <class E>
auto real_function(operation op, const E& e) {
    static_assert(is_number_v<E>, "azoth: this function needs a number");
    return expr<std::optional<double>>{make_operation(op, {e.node()}, type_kind::double_)};
}

/// One of several values of one family; NULL as soon as one of them is.
template <class E, class... Args>
auto extreme(operation op, const E& e, const Args&... args) {
    static_assert(sizeof...(Args) > 0, "azoth: greatest() and least() compare at least two values");
    (check_comparable<E, Args>(), ...);
    std::vector<node_ptr> all{e.node(), node_of(args, e.node().get())...};
    const type t = widest_type(all);
    return expr<nullable_like_t<widest_t<E, Args...>, E, Args...>>{make_operation(op, std::move(all), t)};
}

}  // namespace detail

/// The quotient rounded down: floor_div(-7, 2) is -4. Of integers an integer, of decimals a decimal, of doubles a double.
template <class L, class R>
requires detail::operands<L, R>
[[nodiscard]] auto floor_div(const L& l, const R& r) {
    using result = detail::arithmetic_t<L, R>;
    const node* like = nullptr;
    if constexpr (expression<L>) like = l.node().get();
    else like = r.node().get();
    return expr<result>{detail::make_operation(operation::floor_divide, {detail::node_of(l, like), detail::node_of(r, like)},
                                               detail::type_for<remove_optional_t<result>>())};
}

namespace func {

/// Half away from zero, to so many digits behind the point: 0 to 30, others throw interface_error (invalid-argument).
template <expression E>
[[nodiscard]] auto round(const E& e, int digits = 0) {
    static_assert(detail::has_fraction_v<E>, "azoth: round() needs a number with a fraction");
    return expr<typename E::value_type>{detail::make_rounding(operation::round, e.node(), digits)};
}
/// Cut off towards zero.
template <expression E>
[[nodiscard]] auto truncate(const E& e, int digits = 0) {
    static_assert(detail::has_fraction_v<E>, "azoth: truncate() needs a number with a fraction");
    return expr<typename E::value_type>{detail::make_rounding(operation::truncate, e.node(), digits)};
}
template <expression E>
[[nodiscard]] auto ceil(const E& e) {
    static_assert(detail::has_fraction_v<E>, "azoth: ceil() needs a number with a fraction");
    return expr<typename E::value_type>{detail::make_operation(operation::ceiling, {e.node()}, type_of(*e.node()))};
}
template <expression E>
[[nodiscard]] auto floor(const E& e) {
    static_assert(detail::has_fraction_v<E>, "azoth: floor() needs a number with a fraction");
    return expr<typename E::value_type>{detail::make_operation(operation::floor, {e.node()}, type_of(*e.node()))};
}
/// -1, 0 or 1.
template <expression E>
[[nodiscard]] auto sign(const E& e) {
    static_assert(detail::is_number_v<E>, "azoth: sign() needs a number");
    return expr<detail::nullable_like_t<std::int32_t, E>>{detail::make_operation(operation::sign, {e.node()}, type_kind::integer)};
}
/// A double. What has no real result, or one too large, is an error.
template <class L, class R>
requires detail::operands<L, R>
[[nodiscard]] auto power(const L& base, const R& exponent) {
    static_assert(detail::is_number_v<L> && detail::is_number_v<R>, "azoth: power() needs two numbers");
    return expr<detail::nullable_like_t<double, L, R>>{
        detail::make_operation(operation::power, {detail::node_of(base), detail::node_of(exponent)}, type_kind::double_)};
}
/// e to the power; too large a result is an error.
template <expression E>
[[nodiscard]] auto exp(const E& e) {
    static_assert(detail::is_number_v<E>, "azoth: exp() needs a number");
    return expr<detail::nullable_like_t<double, E>>{detail::make_operation(operation::exponential, {e.node()}, type_kind::double_)};
}
/// NULL of a negative number.
template <expression E>
[[nodiscard]] auto sqrt(const E& e) {
    return detail::real_function(operation::square_root, e);
}
/// The natural logarithm; NULL of zero and of negative numbers.
template <expression E>
[[nodiscard]] auto ln(const E& e) {
    return detail::real_function(operation::logarithm, e);
}
/// To the base 10.
template <expression E>
[[nodiscard]] auto log10(const E& e) {
    static_assert(detail::is_number_v<E>, "azoth: log10() needs a number");
    return expr<std::optional<double>>{detail::make_operation(operation::logarithm, {e.node()}, type_kind::double_, 10)};
}

/// NULL as soon as one argument is, on every database.
template <expression E, class... Args>
[[nodiscard]] auto greatest(const E& e, const Args&... args) {
    return detail::extreme(operation::greatest, e, args...);
}
template <expression E, class... Args>
[[nodiscard]] auto least(const E& e, const Args&... args) {
    return detail::extreme(operation::least, e, args...);
}
/// A double from 0 up to, not including, 1; another for each row.
[[nodiscard]] inline expr<double> random() { return expr<double>{detail::make_operation(operation::random, {}, type_kind::double_)}; }

}  // namespace func
}  // namespace azoth
