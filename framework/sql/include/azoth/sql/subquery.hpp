#pragma once

#include <azoth/sql/column.hpp>
#include <azoth/sql/nodes/sources.hpp>
#include <azoth/sql/nodes/statement.hpp>

#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

namespace azoth {

namespace detail {

AZOTH_API node_ptr make_subquery(const node_ptr& query, std::string_view name, const std::vector<std::string>& columns,
                                 bool lateral = false);
/// The same source again, under another name.
AZOTH_API node_ptr renamed_source(const node_ptr& source, std::string_view name);
AZOTH_API expr<value> dynamic_column(const node_ptr& source, std::string_view name);
/// A column by name; throws interface_error (mapping) where the source says another family of types, or that it can be NULL.
AZOTH_API node_ptr typed_column(const node_ptr& source, std::string_view name, type_kind kind, bool can_be_null);
/// The columns of a query of whole structs, by their names.
AZOTH_API std::vector<node_ptr> columns_by_name(const node_ptr& source, const entity_info& of);

template <class S>
concept has_source = requires(const S& s) {
    { s.source() } -> std::convertible_to<node_ptr>;
};

template <class S>
node_ptr source_of(const S& s) {
    static_assert(has_source<S>, "azoth: this is nothing to select from: give an entity, an alias, a table, a CTE or a query's subquery()");
    if constexpr (has_source<S>) return s.source();
    else return {};
}

/// The columns of a source made of a query: typed by place.
template <class... Ts, std::size_t... I>
std::tuple<expr<Ts>...> typed_columns(const node_ptr& source, std::index_sequence<I...>) {
    const auto& specs = columns_of(*source);
    return {expr<Ts>{make_column(source, specs.at(I))}...};
}

}  // namespace detail

/// A source whose columns the program knows by name alone: `alias(documents, "d")["title"]`.
class dynamic_source {
public:
    explicit dynamic_source(node_ptr source) noexcept : source_{std::move(source)} {}
    [[nodiscard]] const node_ptr& source() const noexcept { return source_; }
    /// Throws programming_error (no-such-column) naming those there are.
    [[nodiscard]] expr<value> operator[](std::string_view name) const { return detail::dynamic_column(source_, name); }
    /// The same, typed by the caller; throws interface_error (mapping) where the source says another family of types.
    template <storable T>
    [[nodiscard]] expr<T> column(std::string_view name) const {
        return expr<T>{detail::typed_column(source_, name, value_traits<T>::kind, is_optional_v<T>)};
    }

private:
    node_ptr source_;
};

/// A query as a source of another: `auto [id, total] = query.subquery("t").columns();`.
template <class... Ts>
class subquery : public dynamic_source {
public:
    using plain_subquery = subquery;
    using dynamic_source::dynamic_source;
    /// Its columns, for structured bindings.
    [[nodiscard]] std::tuple<expr<Ts>...> columns() const {
        static_assert((storable<Ts> && ...), "azoth: the query returns whole structs: name its columns through alias<T>(subquery)");
        return detail::typed_columns<Ts...>(source(), std::index_sequence_for<Ts...>{});
    }
};

namespace detail {
template <class S>
struct alias_of_source {
    using type = dynamic_source;
};
template <class S>
requires requires { typename S::plain_subquery; }
struct alias_of_source<S> {
    using type = typename S::plain_subquery;
};
template <class S>
requires entity_source<S>
struct alias_of_source<S> {
    using type = alias_of<typename S::entity_type>;
};
}  // namespace detail

/// A struct, subquery, CTE or table made at run time under another name, for a second use of it in one query.
template <class S>
requires detail::has_source<S>
[[nodiscard]] auto alias(const S& of, std::string_view name = {}) {
    using result = typename detail::alias_of_source<S>::type;
    if constexpr (entity_source<S>) return result{name};
    else return result{detail::renamed_source(of.source(), name)};
}
/// A query of whole structs as such structs: `alias<Employee>(query.subquery("e"))[&Employee::name]`.
template <mapped T, class S>
requires detail::has_source<S>
[[nodiscard]] alias_of<T> alias(const S& of) { return alias_of<T>{of.source(), detail::columns_by_name(of.source(), entity_of<T>())}; }

}  // namespace azoth
