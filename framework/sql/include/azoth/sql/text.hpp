#pragma once

#include <azoth/sql/expression.hpp>
#include <azoth/sql/nodes/statement.hpp>

#include <string_view>
#include <tuple>

namespace azoth {

namespace detail {
AZOTH_API node_handle<text_node> parse_text(std::string_view sql);
AZOTH_API void bind_text(node_handle<text_node>& n, std::string_view name, value v);
AZOTH_API void add_text_column(node_handle<text_node>& n, type t, bool strict);
}  // namespace detail

/// SQL in the database's own language: the only door for it. `:name` marks a bind, outside quotes and comments; `\:` is a colon, and
/// `::` stays as it is. `Ts` are the types of its columns where `columns` has said them.
template <class... Ts>
class text_statement {
public:
    using row_type = std::tuple<Ts...>;
    explicit text_statement(node_handle<text_node> node) noexcept : node_{std::move(node)} {}
    [[nodiscard]] node_ptr node() const noexcept { return node_; }

    /// Gives a bind its value. A name that the text does not have throws programming_error (parameter) and lists those it has.
    template <class V>
    [[nodiscard]] text_statement bind(std::string_view name, const V& v) const {
        text_statement next{*this};
        detail::bind_text(next.node_, name, detail::value_from(v));
        return next;
    }
    /// Says the types of the result's columns: `text("SELECT name, size FROM t").columns<std::string, std::int64_t>()`.
    template <storable... Cs>
    [[nodiscard]] text_statement<Cs...> columns() const {
        auto node = node_;
        (detail::add_text_column(node, value_traits<Cs>::kind, !is_optional_v<Cs>), ...);
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

}  // namespace azoth
