#pragma once

#include <azoth/sql/compound.hpp>

#include <string_view>
#include <tuple>

namespace azoth {

namespace detail {
AZOTH_API node_handle<text_node> parse_text(std::string_view sql);
AZOTH_API node_handle<text_node> verbatim_text(std::string_view sql);
AZOTH_API void bind_text(node_handle<text_node>& n, std::string_view name, value v);
/// The list where the name stands behind IN, else the array.
AZOTH_API void bind_text_list(node_handle<text_node>& n, std::string_view name, std::vector<value> list, const type& element, value array);

/// What can stand for a list: a container of values that is no value itself, such as a text or JSON.
template <class V>
inline constexpr bool is_value_list_v = [] {
    if constexpr (!std::ranges::input_range<const V> || std::convertible_to<const V&, std::string_view>) return false;
    else if constexpr (!storable<V>) return true;
    else return value_traits<V>::kind == type_kind::array;
}();
AZOTH_API void add_text_column(node_handle<text_node>& n, type t, bool strict);
/// Throws programming_error (statement) where there are not as many names as columns.
AZOTH_API void name_text_columns(node_handle<text_node>& n, const std::vector<std::string>& names);
}  // namespace detail

/// SQL in the database's own language: the only door for it. `:name` marks a bind, outside quotes and comments; `\:` is a colon, and
/// `::` stays as it is. `Ts` are the types of its columns where `columns` has said them.
template <class... Ts>
class text_statement : public query_operations<text_statement<Ts...>, Ts...> {
public:
    using row_type = std::tuple<Ts...>;
    explicit text_statement(node_handle<text_node> node) noexcept : node_{std::move(node)} {}
    [[nodiscard]] node_ptr node() const noexcept { return node_; }

    /// Gives a bind its value. A name that the text does not have throws programming_error (parameter) and lists those it has. Behind IN,
    /// a container stands for the list of its elements: `id IN :ids`; elsewhere it is an array.
    template <class V>
    [[nodiscard]] text_statement bind(std::string_view name, const V& v) const {
        text_statement next{*this};
        if constexpr (detail::is_value_list_v<V>) {
            using element = std::remove_cvref_t<std::ranges::range_value_t<V>>;
            std::vector<value> list;
            for (const auto& e : v) list.push_back(detail::value_from<element>(e));
            value array;
            if constexpr (storable<V>) array = value{v};
            detail::bind_text_list(next.node_, name, std::move(list), detail::type_for<element>(), std::move(array));
        } else {
            detail::bind_text(next.node_, name, detail::value_from(v));
        }
        return next;
    }
    /// Says the types of the result's columns: `text("SELECT name, size FROM t").columns<std::string, std::int64_t>()`. With their names,
    /// as the SQL gives them, the text can be a `subquery` or a CTE.
    template <storable... Cs>
    [[nodiscard]] text_statement<Cs...> columns(const std::vector<std::string>& names = {}) const {
        auto node = node_;
        (detail::add_text_column(node, detail::type_for<Cs>(), !is_optional_v<Cs>), ...);
        if (!names.empty()) detail::name_text_columns(node, names);
        return text_statement<Cs...>{std::move(node)};
    }
    /// As a condition or an expression of a given type inside a query.
    template <class T>
    [[nodiscard]] expr<T> as() const {
        return expr<T>{node_};
    }

private:
    node_handle<text_node> node_;
};

[[nodiscard]] inline text_statement<> text(std::string_view sql) { return text_statement<>{detail::parse_text(sql)}; }
/// The same without binds, each colon and backslash as it stands: for SQL that comes whole from elsewhere, such as a script.
[[nodiscard]] inline text_statement<> verbatim(std::string_view sql) { return text_statement<>{detail::verbatim_text(sql)}; }

}  // namespace azoth
