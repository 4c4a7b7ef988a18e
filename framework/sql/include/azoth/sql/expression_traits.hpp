#pragma once

// What typed expressions are made of: which C++ types meet which, and the compiled core behind the typed skin.
#include <azoth/base/value.hpp>
#include <azoth/sql/node.hpp>
#include <azoth/sql/nodes/expression.hpp>

#include <chrono>
#include <concepts>
#include <initializer_list>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <vector>

namespace azoth {

/// A dynamic value takes part in any comparison; the database has the last word.
template <>
struct value_traits<value> {
    static constexpr type_kind kind = type_kind::unknown;
    static cell to_cell(const value& from, arena&) noexcept { return from.view(); }
    static void from_cell(const cell& from, value& to) { to = value{from}; }
};

/// What every typed expression derives from.
struct expression_base {};

template <class E>
concept expression = std::derived_from<std::remove_cvref_t<E>, expression_base>;

template <class T>
class expr;
template <class... Ts>
class select_statement;
template <storable T>
class parameter_list;
/// What stands on the right side of a comparison with many values: made by any_() and all_().
template <class T>
class quantified;
enum class operation : std::uint16_t;

namespace detail {

// The compiled core behind the typed skin.
AZOTH_API node_ptr make_unary(unary_operator op, const node_ptr& operand);
AZOTH_API node_ptr make_binary(binary_operator op, const node_ptr& left, const node_ptr& right);
AZOTH_API node_ptr make_logical(logical_operator op, const node_ptr& left, const node_ptr& right);
AZOTH_API node_ptr make_bind(value v, const node* like);
AZOTH_API node_ptr make_parameter(std::string_view name, type t, bool nullable = true, bool is_list = false);
AZOTH_API node_ptr make_in_parameter(const node_ptr& operand, const node_ptr& list, bool negated);
AZOTH_API node_ptr make_literal(value v);
AZOTH_API node_ptr make_in_list(const node_ptr& operand, std::vector<value> list, bool negated);
AZOTH_API node_ptr make_in_query(const node_ptr& operand, const node_ptr& query, bool negated);
AZOTH_API node_ptr make_between(const node_ptr& operand, const node_ptr& low, const node_ptr& high, bool negated);
AZOTH_API node_ptr make_label(const node_ptr& operand, std::string_view name);
AZOTH_API node_ptr make_order(const node_ptr& operand, bool descending, nulls_order nulls);
AZOTH_API node_ptr make_cast(const node_ptr& operand, type t);
AZOTH_API node_ptr make_is_null(const node_ptr& operand, bool negated);
AZOTH_API node_ptr make_operation(operation op, std::vector<node_ptr> arguments, type t, std::uint32_t option = 0);

template <class T>
type type_for() {
    return type_of_value(value_traits<T>::kind, element_kind_v<T>);
}

template <class E>
struct value_of {
    using type = std::remove_cvref_t<E>;
};
template <expression E>
struct value_of<E> {
    using type = typename std::remove_cvref_t<E>::value_type;
};
template <class E>
requires(std::is_convertible_v<E, std::string_view> && !expression<E>) struct value_of<E> {
    using type = std::string;
};
template <class T>
struct value_of<quantified<T>> {
    using type = T;
};
template <class E>
using value_of_t = typename value_of<E>::type;

template <class E>
using bare_t = remove_optional_t<value_of_t<E>>;

/// Durations in other units than microseconds, of a fixed length: bound as intervals.
template <class V>
inline constexpr bool is_span_v = false;
template <std::integral Rep, class Period>
inline constexpr bool is_span_v<std::chrono::duration<Rep, Period>> =
    std::is_convertible_v<std::chrono::duration<Rep, Period>, std::chrono::microseconds>&&
        std::ratio_divide<Period, std::chrono::months::period>::den != 1;

template <class E>
inline constexpr type_family family_v = [] {
    if constexpr (is_span_v<bare_t<E>>) return type_family::interval;
    else if constexpr (requires { value_traits<bare_t<E>>::kind; }) return family_of(value_traits<bare_t<E>>::kind);
    else return type_family::unknown;  // std::nullopt; what cannot be bound is refused where it would be
}();

template <class E>
inline constexpr bool can_be_null_v = is_optional_v<value_of_t<E>> || std::same_as<value_of_t<E>, value>;

/// The type of a query's only column.
template <class Row>
struct only_column {
    using type = value;
};
template <class T>
struct only_column<std::tuple<T>> {
    using type = T;
};
template <class Row>
using only_column_t = typename only_column<Row>::type;

template <class... Es>
inline constexpr bool any_null_v = (can_be_null_v<Es> || ...);

template <class T, class... Es>
using nullable_like_t = std::conditional_t<any_null_v<Es...>, add_optional_t<T>, T>;

/// The type of a value that is one of several: of numbers the widest one's, else the first one's. A plain integer takes the type of what it
/// meets.
template <class T, class V>
struct wider {
    using v = bare_t<V>;
    static constexpr bool are_integers = std::integral<T> && std::integral<v>;
    static constexpr bool are_numbers =
        family_v<T> == type_family::number && family_v<V> == type_family::number && !std::is_enum_v<T> && !std::is_enum_v<v>;
    static constexpr bool stays = std::same_as<T, v> || !are_numbers || (!expression<V> && std::integral<v>) ||
                                  (!expression<V> && std::floating_point<T> && std::floating_point<v>);
    template <class X>
    static constexpr bool is = std::same_as<T, X> || std::same_as<v, X>;
    using integer = std::conditional_t<std::is_signed_v<T> == std::is_signed_v<v>, std::conditional_t<(sizeof(v) > sizeof(T)), v, T>,
                                       std::conditional_t<is<std::uint64_t>, std::uint64_t, std::int64_t>>;
    using number =
        std::conditional_t<are_integers, integer, std::conditional_t<std::floating_point<T> || std::floating_point<v>, double, decimal>>;
    using type = std::conditional_t<std::same_as<v, value>, value, std::conditional_t<stays, T, number>>;
};
template <class T, class... Vs>
struct widest {
    using type = T;
};
template <class T, class V, class... Vs>
struct widest<T, V, Vs...> : widest<typename wider<T, V>::type, Vs...> {};
template <class E, class... Vs>
using widest_t = typename widest<bare_t<E>, Vs...>::type;

template <class L, class R>
consteval void check_comparable() {
    constexpr auto l = family_v<L>;
    constexpr auto r = family_v<R>;
    constexpr bool known = l != type_family::unknown && r != type_family::unknown;
    constexpr auto are = [](type_family a, type_family b) { return (l == a && r == b) || (l == b && r == a); };
    static_assert(!known || !are(type_family::text, type_family::number),
                  "azoth: text cannot be compared with a number: cast one side with .as<T>()");
    static_assert(!known || !are(type_family::boolean, type_family::number), "azoth: a boolean cannot be compared with a number");
    static_assert(!known || !are(type_family::timestamp, type_family::instant),
                  "azoth: a timestamp without zone cannot be compared with an instant: nobody knows its zone");
    static_assert(!known || l == r || are(type_family::text, type_family::number) || are(type_family::boolean, type_family::number) ||
                      are(type_family::timestamp, type_family::instant),
                  "azoth: these two cannot be compared: their SQL types belong to different families: cast one "
                  "side with .as<T>(), or give a value of the other's type, as parse_date(\"2024-01-31\") makes one of a text");
    if constexpr (std::is_enum_v<bare_t<L>> && std::is_enum_v<bare_t<R>>)
        static_assert(std::same_as<bare_t<L>, bare_t<R>>, "azoth: two different enumerations cannot be compared");
}

template <expression E>
const node_ptr& node_of(const E& e, const node* = nullptr) {
    return e.node();
}
/// A value as the query builder keeps it.
template <class V>
value value_from(const V& v) {
    constexpr bool can_be_bound = std::is_constructible_v<value, const V&> || is_span_v<V>;
    static_assert(can_be_bound, "azoth: a value of this type cannot be bound: specialise azoth::value_traits for it");
    if constexpr (is_span_v<V>) return value{std::chrono::microseconds{v}};
    else if constexpr (can_be_bound) return value{v};
    else return {};
}
template <class V>
inline constexpr bool is_quantified_v = false;
template <class T>
inline constexpr bool is_quantified_v<quantified<T>> = true;

/// A plain value becomes a bind of the type of what it meets.
template <class V>
requires(!expression<V>) node_ptr node_of(const V& v, const node* like = nullptr) {
    static_assert(!is_quantified_v<V>, "azoth: any_() and all_() stand on the right side of a comparison, and nowhere else");
    if constexpr (is_quantified_v<V>) return {};
    else return make_bind(value_from(v), like);
}

}  // namespace detail

template <class E>
concept condition = expression<E> && std::same_as < detail::bare_t<E>,
bool > ;

namespace detail {
template <class... Cs>
consteval void check_conditions() {
    static_assert((expression<Cs> && ...), "azoth: a condition is an expression of columns, such as col<&T::size> > 5, not a plain value");
    static_assert((condition<Cs> && ...), "azoth: a condition has to be true or false: compare the column with something");
}
}  // namespace detail

}  // namespace azoth
