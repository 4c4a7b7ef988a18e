#pragma once

#include <azoth/sql/expression.hpp>
#include <azoth/sql/nodes/operation.hpp>

namespace azoth {

namespace detail {

AZOTH_API node_ptr make_json_facts(operation op, const node_ptr& document, type t);
/// From keys and values in turn. A key that comes twice throws interface_error (invalid-argument).
AZOTH_API node_ptr make_json_object(std::vector<std::pair<std::string, node_ptr>> members);
AZOTH_API node_ptr make_json_array(std::vector<node_ptr> elements);
/// `path` is a document's member or element; with a value it is set, without one removed.
AZOTH_API node_ptr make_json_change(const node_ptr& path, const node_ptr& to);

/// A value on its way into a document.
template <class V>
node_ptr json_item(const V& v) {
    using plain = bare_t<V>;
    constexpr bool is_nothing = std::same_as<V, std::nullopt_t>;
    constexpr bool is_number = (std::integral<plain> && (std::signed_integral<plain> || sizeof(plain) < 8)) || std::floating_point<plain>;
    constexpr bool fits = is_nothing || is_number || std::same_as<plain, bool> || is_json_v<V> || family_v<V> == type_family::text;
    static_assert(fits,
                  "azoth: JSON holds texts, integers, doubles, truths and documents: cast this with .as<std::string>() or .as<double>()");
    if constexpr (is_nothing) return make_bind(value{std::optional<std::string>{}}, nullptr);
    else if constexpr (fits && (std::same_as<plain, float> || std::is_enum_v<plain>))
        return make_cast(node_of(v), std::is_enum_v<plain> ? type_kind::text : type_kind::double_);
    else if constexpr (fits) return node_of(v);
    else return {};
}

inline void add_members(std::vector<std::pair<std::string, node_ptr>>&) {}
template <class V, class... Rest>
void add_members(std::vector<std::pair<std::string, node_ptr>>& to, std::string_view key, const V& v, const Rest&... rest) {
    to.emplace_back(key, json_item(v));
    add_members(to, rest...);
}

/// NULL is found nowhere, but PostgreSQL finds it.
template <class V>
consteval void check_wanted() {
    static_assert(!can_be_null_v<V>, "azoth: what is looked for in an array may be NULL: say what then by coalesce()");
}

/// What any_() makes of an array: `value == any_(array)`.
template <class E>
class any_element {
public:
    explicit any_element(E array) : array_{std::move(array)} {}
    [[nodiscard]] const E& array() const noexcept { return array_; }

private:
    E array_;
};

template <class E>
concept array_expression = expression<E> && is_array_v<E>;

}  // namespace detail

/// The elements of an array, on the right side of ==: `5 == any_(scores)`.
template <detail::array_expression E>
[[nodiscard]] detail::any_element<E> any_(const E& array) {
    return detail::any_element<E>{array};
}
template <class V, class E>
[[nodiscard]] auto operator==(const V& v, const detail::any_element<E>& any) {
    return any.array().array_contains(v);
}

namespace func {

/// How many elements a JSON array has; NULL for what is none.
template <expression E>
[[nodiscard]] auto json_array_length(const E& document) {
    static_assert(detail::is_json_v<E>, "azoth: json_array_length() needs a JSON document");
    return expr<std::optional<std::int64_t>>{detail::make_json_facts(operation::json_length, document.node(), type_kind::big_integer)};
}
/// "object", "array", "string", "number", "boolean" or "null"; NULL where there is nothing.
template <expression E>
[[nodiscard]] auto json_kind(const E& document) {
    static_assert(detail::is_json_v<E>, "azoth: json_kind() needs a JSON document");
    return expr<std::optional<std::string>>{detail::make_json_facts(operation::json_kind, document.node(), type_kind::text)};
}

/// An object of keys and values in turn: `json_object("name", col<&T::name>, "size", 3)`. NULL becomes JSON's null.
template <class... Members>
[[nodiscard]] expr<nlohmann::json> json_object(const Members&... keys_and_values) {
    static_assert(sizeof...(Members) % 2 == 0, "azoth: json_object() takes keys and values in turn");
    std::vector<std::pair<std::string, node_ptr>> members;
    if constexpr (sizeof...(Members) % 2 == 0) detail::add_members(members, keys_and_values...);
    return expr<nlohmann::json>{detail::make_json_object(std::move(members))};
}
template <class... Elements>
[[nodiscard]] expr<nlohmann::json> json_array(const Elements&... elements) {
    return expr<nlohmann::json>{detail::make_json_array({detail::json_item(elements)...})};
}

/// The whole document with one member or element set: `json_set(doc["a"]["b"], 5)`. What holds it has to be there, an object for a key and
/// an array for a place: otherwise the document stays as it is. A place beyond the end of an array adds to it.
template <expression E, class V>
[[nodiscard]] expr<std::optional<nlohmann::json>> json_set(const E& path, const V& to) {
    static_assert(detail::is_json_v<E>, "azoth: json_set() needs a path of a JSON document");
    return expr<std::optional<nlohmann::json>>{detail::make_json_change(path.node(), detail::json_item(to))};
}
/// The whole document without one member or element; as it is where there is none.
template <expression E>
[[nodiscard]] expr<std::optional<nlohmann::json>> json_remove(const E& path) {
    static_assert(detail::is_json_v<E>, "azoth: json_remove() needs a path of a JSON document");
    return expr<std::optional<nlohmann::json>>{detail::make_json_change(path.node(), {})};
}

template <expression E>
[[nodiscard]] auto array_length(const E& array) {
    static_assert(detail::is_array_v<E>, "azoth: array_length() needs an array");
    return expr<detail::nullable_like_t<std::int64_t, E>>{
        detail::make_json_facts(operation::array_length, array.node(), type_kind::big_integer)};
}
/// The array with an element behind its last. Of no array (NULL) nothing is made.
template <expression E, class V>
[[nodiscard]] auto array_append(const E& array, const V& v) {
    static_assert(detail::is_array_v<E>, "azoth: array_append() needs an array");
    return expr<typename E::value_type>{detail::make_array_operation(operation::array_concat, array.node(), detail::elements_node(array, v),
                                                                     type_of(*array.node()), detail::can_be_null_v<E>)};
}
template <expression E, class V>
[[nodiscard]] auto array_concat(const E& array, const V& other) {
    static_assert(detail::is_array_v<E>, "azoth: array_concat() needs an array");
    return expr<detail::nullable_like_t<detail::bare_t<E>, E, V>>{detail::make_array_operation(
        operation::array_concat, array.node(), detail::array_node(array, other), type_of(*array.node()), detail::any_null_v<E, V>)};
}
/// Where a value is first, counted from 0; NULL where it is not.
template <expression E, class V>
[[nodiscard]] auto array_position(const E& array, const V& v) {
    static_assert(detail::is_array_v<E>, "azoth: array_position() needs an array");
    detail::check_wanted<V>();
    return expr<std::optional<std::int64_t>>{detail::make_array_operation(operation::array_position, array.node(),
                                                                          detail::elements_node(array, v), type_kind::big_integer, true)};
}
/// The array without the elements that equal a value.
template <expression E, class V>
[[nodiscard]] auto array_remove(const E& array, const V& v) {
    static_assert(detail::is_array_v<E>, "azoth: array_remove() needs an array");
    detail::check_wanted<V>();
    return expr<typename E::value_type>{detail::make_array_operation(operation::array_remove, array.node(), detail::elements_node(array, v),
                                                                     type_of(*array.node()), detail::can_be_null_v<E>)};
}

}  // namespace func

}  // namespace azoth
