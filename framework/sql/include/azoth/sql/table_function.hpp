#pragma once

#include <azoth/sql/functions.hpp>
#include <azoth/sql/values.hpp>

namespace azoth {

namespace detail {
AZOTH_API node_ptr make_table_function(std::string_view function, const std::vector<std::string>& names, std::span<const column_type> types,
                                       std::vector<node_ptr> arguments);
AZOTH_API node_ptr make_series(const node_ptr& from, const node_ptr& to, std::int64_t step);
AZOTH_API node_ptr make_elements(const node_ptr& array, const column_type& element);
/// A column more: the number of the row, from 1.
AZOTH_API node_ptr with_ordinality(const node_ptr& function, std::string_view name);
AZOTH_API node_ptr with_types(const node_ptr& function);

/// The element type of an array.
template <class T>
struct element_of {
    static constexpr bool is_array = false;
    using type = value;
};
template <class T>
requires(storable<T>&& value_traits<T>::kind == type_kind::array) struct element_of<T> {
    static constexpr bool is_array = true;
    using type = typename T::value_type;
};
}  // namespace detail

/// A function in FROM: what it returns is a table.
template <class... Ts>
class table_function : public subquery<Ts...> {
public:
    using subquery<Ts...>::subquery;
    /// One more column, the number of the row, counted from 1.
    [[nodiscard]] table_function<Ts..., std::int64_t> with_ordinality(std::string_view name = "ordinality") const {
        return table_function<Ts..., std::int64_t>{detail::with_ordinality(this->source(), name)};
    }
    /// Says the columns' types in the SQL, for functions that return records and do not know them: json_to_recordset.
    [[nodiscard]] table_function with_types() const { return table_function{detail::with_types(this->source())}; }
};

namespace func {

/// Any function of the database that returns a table, the names and types of its columns said by the caller:
/// `func::table<std::string>("regexp_split_to_table", {"word"}, text_column, "\\s+")`. Arguments may be columns of other sources. SQLite
/// knows the columns by the function's own names alone. The name has to be a constant of the program.
template <storable... Ts, class... Args>
requires(sizeof...(Ts) > 0)
    [[nodiscard]] table_function<Ts...> table(std::string_view name, const std::vector<std::string>& columns, const Args&... args) {
    return table_function<Ts...>{detail::make_table_function(name, columns, detail::column_types<Ts...>(), {detail::node_of(args)...})};
}

/// The numbers from `from` to `to`, both included, `step` by `step` (down, where that is negative), in a column "value". No rows where one
/// of them is NULL, or lies on the wrong side. A step of 0 throws interface_error (invalid-argument).
template <class From, class To>
[[nodiscard]] subquery<std::int64_t> generate_series(const From& from, const To& to, std::int64_t step = 1) {
    static_assert(std::integral<detail::bare_t<From>> && std::integral<detail::bare_t<To>>,
                  "azoth: generate_series() counts integers: its ends are two integers, or expressions of integers");
    const auto like = [](const auto& v) {
        if constexpr (expression<std::remove_cvref_t<decltype(v)>>) return v.node();
        else return detail::node_of(static_cast<std::int64_t>(v));
    };
    return subquery<std::int64_t>{detail::make_series(like(from), like(to), step)};
}

/// The elements of an array, in a column "value"; `with_ordinality` numbers them. No rows where the array is NULL.
template <expression E>
[[nodiscard]] auto unnest(const E& array) {
    using element = detail::element_of<detail::bare_t<E>>;
    static_assert(element::is_array, "azoth: unnest() takes an array");
    using T = add_optional_t<typename element::type>;
    return table_function<T>{detail::make_elements(array.node(), {detail::type_for<T>(), true})};
}

}  // namespace func
}  // namespace azoth
