#pragma once

#include <azoth/sql/expression_traits.hpp>
#include <azoth/sql/nodes/operation.hpp>

#include <nlohmann/json_fwd.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace azoth {

namespace detail {

/// What follows a document: a key of an object, or a place in an array. Keys that are no UTF-8 or hold a NUL, and negative places, throw
/// interface_error (invalid-argument).
AZOTH_API node_ptr make_json_get(const node_ptr& document, std::string_view key);
AZOTH_API node_ptr make_json_get(const node_ptr& document, std::int64_t index);
AZOTH_API node_ptr make_json_text(const node_ptr& document);
/// Of the one kind of JSON value that the type stands for; NULL where it is of another.
AZOTH_API node_ptr make_json_value(const node_ptr& document, type t);
AZOTH_API node_ptr make_json_contains(const node_ptr& document, const node_ptr& part);
AZOTH_API node_ptr make_array_element(const node_ptr& array, std::int64_t index);
AZOTH_API node_ptr make_array_slice(const node_ptr& array, std::int64_t from, std::int64_t to);
/// An operation on two arrays.
AZOTH_API node_ptr make_array_operation(operation op, const node_ptr& array, const node_ptr& other, type t, bool nullable);
/// An array of one computed element, of the type of `like`.
AZOTH_API node_ptr make_array_of(const node_ptr& element, const node_ptr& like);

template <class E>
inline constexpr bool is_json_v = family_v<E> == type_family::json;
template <class E>
inline constexpr bool is_array_v = family_v<E> == type_family::array;

/// The C++ type of an array's elements, NULL left out.
template <class A>
struct array_element_of {
    using type = value;
};
template <class T>
struct array_element_of<std::vector<T>> {
    using type = remove_optional_t<T>;
};
template <class E>
using array_element_t = typename array_element_of<bare_t<E>>::type;

template <class K>
inline constexpr bool is_key_v = std::is_convertible_v<const K&, std::string_view> && !expression<K>;
template <class K>
inline constexpr bool is_place_v = std::integral<K> && !std::same_as<K, bool> && !std::same_as<K, char>;

template <class To>
inline constexpr bool is_json_value_v = std::same_as<To, bool> || std::same_as<To, std::string> || std::same_as<To, double> ||
                                        (std::signed_integral<To> && !std::same_as<To, char>);

template <class D, class K>
consteval void check_subscript() {
    static_assert(is_json_v<D> || is_array_v<D>, "azoth: only JSON documents and arrays have elements");
    static_assert(!is_json_v<D> || is_key_v<K> || is_place_v<K>,
                  "azoth: a JSON path is made of keys (texts) and places (integers) that stand in the program");
    static_assert(!is_array_v<D> || is_place_v<K>,
                  "azoth: an array's element is found by its place, an integer that stands in the program");
}

template <class D>
consteval void check_json() {
    static_assert(is_json_v<D>, "azoth: only JSON documents can do this");
}
template <class D>
consteval void check_array() {
    static_assert(is_array_v<D>, "azoth: only arrays can do this");
}

/// The elements to look for in an array, or to add to it, as an array: of a value, or of a computed element.
template <class A, class V>
node_ptr elements_node(const A& array, const V& v) {
    check_comparable<expr<array_element_t<A>>, V>();
    if constexpr (expression<V>) {
        using plain = bare_t<V>;
        static_assert(std::same_as<plain, std::string> || (std::signed_integral<plain> && !std::same_as<plain, char>),
                      "azoth: an element that the database computes has to be an integer or a text");
        return make_array_of(v.node(), array.node());
    } else if constexpr (std::same_as<array_element_t<A>, std::string>) {
        return make_bind(value{std::vector<std::string>{std::string{v}}}, array.node().get());
    } else {
        using element = array_element_t<A>;
        static_assert(std::is_convertible_v<const V&, element>, "azoth: this is not what the array's elements are");
        return make_bind(value{std::vector<element>{static_cast<element>(v)}}, array.node().get());
    }
}
/// An array as the operand of another.
template <class A, class V>
node_ptr array_node(const A& array, const V& other) {
    static_assert(is_array_v<V>, "azoth: this takes an array: a std::vector, or an expression of one");
    static_assert(family_v<expr<array_element_t<A>>> == family_v<expr<array_element_t<V>>>,
                  "azoth: the two arrays have elements of other types");
    if constexpr (std::convertible_to<const V&, bare_t<A>> && !expression<V>) return make_bind(value{bare_t<A>(other)}, array.node().get());
    else return node_of(other, array.node().get());
}

}  // namespace detail

/// What expressions of JSON and of arrays can do besides. Places count from 0, as C++ does.
template <class D, class T>
class document_members {
public:
    /// The member of an object by its key, or the element of an array by its place: `doc["tags"][0]`. JSON: NULL where there is none,
    /// JSON's null where it is that. Of an array column: its element, NULL beyond the end.
    template <class K>
    [[nodiscard]] auto operator[](const K& at) const {
        detail::check_subscript<D, K>();
        if constexpr (detail::is_array_v<D>)
            return expr<std::optional<detail::array_element_t<D>>>{detail::make_array_element(self(), static_cast<std::int64_t>(at))};
        else if constexpr (detail::is_place_v<K>) return json{detail::make_json_get(self(), static_cast<std::int64_t>(at))};
        else return json{detail::make_json_get(self(), std::string_view{at})};
    }
    /// The document as a text without quotes: of a text its characters, of a number or a truth its word, of an object or array the JSON
    /// text, whose blanks are the database's. NULL for JSON's null.
    [[nodiscard]] auto json_text() const {
        detail::check_json<D>();
        return expr<std::optional<std::conditional_t<std::is_void_v<T>, T, std::string>>>{detail::make_json_text(self())};
    }
    /// The document as a number (signed integers are rounded to, double), a truth (bool) or a text (std::string): NULL where it is of
    /// another kind, and where there is none.
    template <class To>
    [[nodiscard]] auto json_as() const {
        detail::check_json<D>();
        static_assert(detail::is_json_value_v<To>,
                      "azoth: JSON is read as a signed integer, double, bool or std::string: cast one of these for another type");
        return expr<std::optional<To>>{detail::make_json_value(self(), detail::type_for<To>())};
    }
    /// Whether it is an object that has the key, be its value null; never NULL.
    [[nodiscard]] auto has_key(std::string_view key) const {
        detail::check_json<D>();
        return expr<std::conditional_t<std::is_void_v<T>, T, bool>>{detail::make_is_null(detail::make_json_get(self(), key), true)};
    }
    /// Whether the document holds another one: objects all its members, arrays all its elements, in any order, at every depth.
    template <class R>
    [[nodiscard]] auto json_contains(const R& part) const {
        detail::check_json<D>();
        static_assert(detail::is_json_v<R>, "azoth: json_contains() takes a JSON document: nlohmann::json or an expression of it");
        return expr<detail::nullable_like_t<bool, D, R>>{detail::make_json_contains(self(), detail::node_of(part, self().get()))};
    }

    /// The elements from `from` to before `to`; empty where there are none.
    [[nodiscard]] auto slice(std::int64_t from, std::int64_t to) const {
        detail::check_array<D>();
        return expr<T>{detail::make_array_slice(self(), from, to)};
    }
    /// Whether a value is among the elements. NULL is never among them.
    template <class V>
    [[nodiscard]] auto array_contains(const V& v) const {
        detail::check_array<D>();
        return condition<V>(operation::array_contains_all, detail::elements_node(derived(), v));
    }
    /// Whether each element of another array is among them.
    template <class V>
    [[nodiscard]] auto array_contains_all(const V& other) const {
        detail::check_array<D>();
        return condition<V>(operation::array_contains_all, detail::array_node(derived(), other));
    }
    /// Whether one element of another array is among them.
    template <class V>
    [[nodiscard]] auto array_overlaps(const V& other) const {
        detail::check_array<D>();
        return condition<V>(operation::array_overlaps, detail::array_node(derived(), other));
    }

private:
    using json = expr<std::optional<nlohmann::json>>;
    [[nodiscard]] const D& derived() const { return static_cast<const D&>(*this); }
    [[nodiscard]] const node_ptr& self() const { return derived().node(); }
    template <class V>
    auto condition(operation op, const node_ptr& other) const {
        constexpr bool nullable = detail::any_null_v<D, V>;
        return expr<detail::nullable_like_t<bool, D, V>>{detail::make_array_operation(op, self(), other, type_kind::boolean, nullable)};
    }
};

}  // namespace azoth
