#pragma once

#include <azoth/sql/calls.hpp>
#include <azoth/sql/nodes/expression.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace azoth {

/// How far a RANGE frame reaches from the current row's value: before it where negative; std::nullopt without end.
class AZOTH_API frame_distance {
public:
    frame_distance(std::nullopt_t) {}  // not explicit: it stands for a number
    template <class V>
    requires(!std::same_as<V, std::nullopt_t>) frame_distance(const V& v) {
        constexpr bool is_duration = requires { typename V::period; };
        if constexpr (is_duration) {
            static_assert(!is_duration || std::ratio_less_equal_v<typename V::period, std::chrono::weeks::period>,
                          "azoth: months and years have no fixed length: say the distance in days");
            distance_ = value{std::chrono::microseconds{v}};
        } else {
            static_assert(std::is_arithmetic_v<V> || std::same_as<V, decimal>,
                          "azoth: a RANGE frame reaches as far as a number or a std::chrono duration says");
            distance_ = value{v};
        }
    }
    [[nodiscard]] const value& distance() const noexcept { return distance_; }

private:
    value distance_{};
};

/// PARTITION BY, ORDER BY and frame of a window function. A value.
class AZOTH_API window {
public:
    window();
    /// The query's window of that name, to which may be added what it does not say.
    explicit window(std::string_view name);

    template <expression... E>
    [[nodiscard]] window partition_by(const E&... by) const {
        return with_partition({by.node()...});
    }
    template <expression... E>
    [[nodiscard]] window order_by(const E&... by) const {
        return with_order({by.node()...});
    }
    /// The frame, from and to so many rows before (negative) and after the current one; std::nullopt: unbounded. A frame that ends before
    /// it begins throws interface_error (invalid-argument), here and below.
    [[nodiscard]] window rows(std::optional<std::int32_t> from, std::optional<std::int32_t> to) const;
    /// The same in groups of rows that the order puts at one place.
    [[nodiscard]] window groups(std::optional<std::int32_t> from, std::optional<std::int32_t> to) const;
    /// ... in the values of the one expression by which the window is ordered: a number, or a date or time; 0 is the current row and those
    /// at its place.
    [[nodiscard]] window range(const frame_distance& from, const frame_distance& to) const;
    /// Rows that the frame leaves out.
    [[nodiscard]] window exclude(frame_exclusion what) const;
    [[nodiscard]] const window_node& node() const noexcept { return *node_; }

private:
    [[nodiscard]] window with_partition(std::vector<node_ptr> by) const;
    [[nodiscard]] window with_order(std::vector<node_ptr> by) const;
    [[nodiscard]] window counted(window_node::frames frame, std::optional<std::int32_t> from, std::optional<std::int32_t> to) const;
    node_handle<window_node> node_;
};

template <expression... E>
[[nodiscard]] window partition_by(const E&... by) {
    return window{}.partition_by(by...);
}

namespace detail {
AZOTH_API node_ptr make_window(const node_ptr& function, const window& over);
/// An integer from 1 on, or from 0; throws interface_error (invalid-argument).
AZOTH_API node_ptr make_place(std::int32_t n, std::int32_t least, std::string_view function);
}  // namespace detail

/// A function that only a window gives a meaning: `.over(...)` makes an expression of it.
template <class T>
class window_call {
public:
    explicit window_call(node_ptr call) noexcept : call_{std::move(call)} {}
    [[nodiscard]] expr<T> over(const window& w = {}) const { return expr<T>{detail::make_window(call_, w)}; }
    /// ... over a window that the query names: `select(...).window("w", ...)`.
    [[nodiscard]] expr<T> over(std::string_view name) const { return over(window{name}); }

private:
    node_ptr call_;
};

namespace func {

/// Places by the window's order: with gaps behind equal rows, without, and each row its own.
[[nodiscard]] inline window_call<std::int64_t> rank() {
    return window_call<std::int64_t>{detail::make_function("rank", {}, type_kind::big_integer)};
}
[[nodiscard]] inline window_call<std::int64_t> dense_rank() {
    return window_call<std::int64_t>{detail::make_function("dense_rank", {}, type_kind::big_integer)};
}
[[nodiscard]] inline window_call<std::int64_t> row_number() {
    return window_call<std::int64_t>{detail::make_function("row_number", {}, type_kind::big_integer)};
}
/// (rank - 1) / (rows - 1), from 0 to 1.
[[nodiscard]] inline window_call<double> percent_rank() {
    return window_call<double>{detail::make_function("percent_rank", {}, type_kind::double_)};
}
/// The part of the rows that come before this one or are at its place.
[[nodiscard]] inline window_call<double> cume_dist() {
    return window_call<double>{detail::make_function("cume_dist", {}, type_kind::double_)};
}
/// In which of `n` equal parts of the window the row is, from 1.
[[nodiscard]] inline window_call<std::int64_t> ntile(std::int32_t n) {
    return window_call<std::int64_t>{detail::make_function("ntile", {detail::make_place(n, 1, "ntile")}, type_kind::big_integer)};
}

/// The value so many rows before; NULL where there is no such row.
template <expression E>
[[nodiscard]] auto lag(const E& e, std::int32_t rows = 1) {
    return window_call<add_optional_t<typename E::value_type>>{
        detail::make_function("lag", {e.node(), detail::make_place(rows, 0, "lag")}, type_of(*e.node()))};
}
/// ... or `otherwise` where there is no such row.
template <expression E, class V>
[[nodiscard]] auto lag(const E& e, std::int32_t rows, const V& otherwise) {
    detail::check_comparable<E, V>();
    return window_call<detail::nullable_like_t<remove_optional_t<typename E::value_type>, E, V>>{detail::make_function(
        "lag", {e.node(), detail::make_place(rows, 0, "lag"), detail::node_of(otherwise, e.node().get())}, type_of(*e.node()))};
}
/// The value so many rows after.
template <expression E>
[[nodiscard]] auto lead(const E& e, std::int32_t rows = 1) {
    return window_call<add_optional_t<typename E::value_type>>{
        detail::make_function("lead", {e.node(), detail::make_place(rows, 0, "lead")}, type_of(*e.node()))};
}
template <expression E, class V>
[[nodiscard]] auto lead(const E& e, std::int32_t rows, const V& otherwise) {
    detail::check_comparable<E, V>();
    return window_call<detail::nullable_like_t<remove_optional_t<typename E::value_type>, E, V>>{detail::make_function(
        "lead", {e.node(), detail::make_place(rows, 0, "lead"), detail::node_of(otherwise, e.node().get())}, type_of(*e.node()))};
}
/// Of the frame's first, last and n-th row, from 1; NULL where the frame has no such row.
template <expression E>
[[nodiscard]] auto first_value(const E& e) {
    return window_call<add_optional_t<typename E::value_type>>{detail::make_function("first_value", {e.node()}, type_of(*e.node()))};
}
template <expression E>
[[nodiscard]] auto last_value(const E& e) {
    return window_call<add_optional_t<typename E::value_type>>{detail::make_function("last_value", {e.node()}, type_of(*e.node()))};
}
template <expression E>
[[nodiscard]] auto nth_value(const E& e, std::int32_t n) {
    return window_call<add_optional_t<typename E::value_type>>{
        detail::make_function("nth_value", {e.node(), detail::make_place(n, 1, "nth_value")}, type_of(*e.node()))};
}

}  // namespace func
}  // namespace azoth
