#pragma once

#include <azoth/sql/table_function.hpp>

namespace azoth {

/// A column of a `json_table`: its name, and where in a row's document it is: "$.size", "$.tags[0]", "$" for the row itself.
template <class T>
struct json_column_of {
    std::string name;
    std::string path;
};

namespace detail {
AZOTH_API node_ptr make_json_table(const node_ptr& document, std::string_view rows, const std::vector<std::string>& names,
                                   const std::vector<std::string>& paths, std::span<const column_type> types);

template <class T>
inline constexpr bool is_json_scalar_v = [] {
    if constexpr (!storable<T>) return false;
    else {
        constexpr type_kind kind = value_traits<T>::kind;
        return is_integer(kind) || kind == type_kind::double_ || kind == type_kind::boolean || family_of(kind) == type_family::text ||
               kind == type_kind::json;
    }
}();
}  // namespace detail

/// A value that is missing, or of another JSON type than the column's, is NULL: so `T` is a std::optional of an integer, a double, a bool,
/// a text, or JSON. A fraction is rounded where an integer is asked for.
template <class T>
[[nodiscard]] json_column_of<T> json_column(std::string_view name, std::string_view path) {
    static_assert(is_optional_v<T>, "azoth: a value can be missing from a JSON document: ask for a std::optional");
    static_assert(detail::is_json_scalar_v<remove_optional_t<T>>,
                  "azoth: a json_table has columns of integers, doubles, bools, texts and JSON: cast one of these with .as<T>()");
    return {std::string{name}, std::string{path}};
}

/// The elements of a JSON array as rows: `json_table(doc, "$.items[*]", json_column<std::optional<std::int64_t>>("id", "$.id"), ...)`.
/// `rows` ends in [*]; what is no array there has no rows. `with_ordinality` numbers them. Paths consist of $, .key, ."any key" and [n];
/// others throw programming_error (statement).
template <expression E, class... Ts>
[[nodiscard]] table_function<Ts...> json_table(const E& document, std::string_view rows, const json_column_of<Ts>&... columns) {
    constexpr type_kind kind = value_traits<typename E::value_type>::kind;
    static_assert(kind == type_kind::json || kind == type_kind::unknown, "azoth: json_table() takes a JSON document");
    return table_function<Ts...>{
        detail::make_json_table(document.node(), rows, {columns.name...}, {columns.path...}, detail::column_types<Ts...>())};
}

}  // namespace azoth
