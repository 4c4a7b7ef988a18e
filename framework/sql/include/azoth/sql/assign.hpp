#pragma once

// What the statements that change rows share: the typed side of assignments, conditions and RETURNING.
#include <azoth/sql/select.hpp>

#include <type_traits>

namespace azoth {

struct default_value_t {};
/// In place of a value: the column's default. An insert leaves the column out.
inline constexpr default_value_t default_value{};

/// The conflicting row's would-be value, inside `do_update()`: `set(col<&T::n>, col<&T::n> + proposed(col<&T::n>))`.
template <class C>
[[nodiscard]] auto proposed(const C& column);

namespace detail {

AZOTH_API insert_node& own(node_handle<insert_node>& n);
AZOTH_API update_node& own(node_handle<update_node>& n);
AZOTH_API delete_node& own(node_handle<delete_node>& n);
AZOTH_API node_ptr make_default_value();
AZOTH_API node_ptr make_proposed(const node_ptr& column);
AZOTH_API void add_value(insert_node& n, const node_ptr& column, const node_ptr& value);
AZOTH_API void add_dml_join(std::vector<join_item>& to, const node_ptr& target, const node_ptr& on, join_kind kind);

template <class C, class V>
consteval void check_assignable() {
    static_assert(expression<C>, "azoth: only a column can be set: write col<&T::member>");
    if constexpr (!std::same_as<V, default_value_t>) {
        check_comparable<C, V>();
        constexpr bool is_nothing = std::same_as<value_of_t<V>, std::nullopt_t>;
        // What a fraction becomes in an integer column differs from database to database.
        constexpr bool loses_fraction = std::integral<bare_t<C>> && (std::floating_point<bare_t<V>> || std::same_as<bare_t<V>, decimal>);
        static_assert(!loses_fraction,
                      "azoth: a number with a fraction cannot be assigned to an integer column: round it, or cast it with .as<T>()");
        static_assert(can_be_null_v<C> || !(can_be_null_v<V> || is_nothing),
                      "azoth: a value that can be NULL cannot be assigned to a column that cannot: give it a default with func::coalesce "
                      "or value_or");
    }
}

template <class C, class V>
node_ptr assigned_node(const C& column, const V& v) {
    check_assignable<C, V>();
    if constexpr (std::same_as<V, default_value_t>) return make_default_value();
    else return node_of(v, column.node().get());
}

template <class... E>
consteval void check_returnable() {
    static_assert((select_element<E> && ...),
                  "azoth: RETURNING gives columns, expressions and whole entities, such as col<&T::id> or entity<T>, not plain values");
}
template <class E>
void add_returned(std::vector<select_item>& to, const E& e) {
    if constexpr (expression<E>) {
        to.push_back({e.node(), !can_be_null_v<E>});
    } else {
        for (const auto& c : e.columns()) to.push_back({c, !static_cast<const column_node&>(*c).spec->nullable});
    }
}

template <class N, class... C>
void add_conditions(N& n, const C&... conditions) {
    check_conditions<C...>();
    (n.where.push_back(conditions.node()), ...);
}

}  // namespace detail

template <class C>
[[nodiscard]] auto proposed(const C& column) {
    static_assert(expression<C>, "azoth: proposed() takes a column: proposed(col<&T::member>)");
    return expr<typename C::value_type>{detail::make_proposed(column.node())};
}

}  // namespace azoth
