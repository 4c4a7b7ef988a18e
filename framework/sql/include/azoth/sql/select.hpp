#pragma once

#include <azoth/sql/column.hpp>
#include <azoth/sql/compose.hpp>
#include <azoth/sql/nodes/statement.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>

namespace azoth {

namespace detail {

AZOTH_API node_handle<select_node> make_select();
/// The node itself where nobody else holds it, else a copy that takes its place: statements are values.
AZOTH_API select_node& own(node_handle<select_node>& n);
AZOTH_API void add_item(select_node& n, const node_ptr& expression, bool strict);
AZOTH_API void add_items(select_node& n, const std::vector<node_ptr>& columns, bool strict);
AZOTH_API void add_join(select_node& n, join_kind kind, const node_ptr& target, const node_ptr& on);
AZOTH_API node_ptr make_limit(std::int64_t rows, std::string_view what);
AZOTH_API node_ptr make_compound(set_operator op, const node_ptr& left, const node_ptr& right);
AZOTH_API node_ptr make_subquery(const node_ptr& query, std::string_view name, const std::vector<std::string>& columns);
AZOTH_API node_ptr make_scalar(const node_ptr& query);
AZOTH_API node_ptr make_exists(const node_ptr& query);

template <class E>
void add_element(select_node& n, const E& e) {
    if constexpr (expression<E>) add_item(n, e.node(), !can_be_null_v<E>);
    else add_items(n, e.columns(), !is_optional_v<typename E::value_type>);
}

template <class C>
const node_ptr& condition_node(const C& on) {
    check_conditions<C>();
    return on.node();
}

template <class S>
node_ptr source_of(const S& s) {
    return s.source();
}

/// The columns of a source made of a query: typed by place.
template <class... Ts, std::size_t... I>
std::tuple<expr<Ts>...> typed_columns(const node_ptr& source, std::index_sequence<I...>) {
    const auto& specs = columns_of(*source);
    return {expr<Ts>{make_column(source, specs.at(I))}...};
}
AZOTH_API expr<value> dynamic_column(const node_ptr& source, std::string_view name);

}  // namespace detail

/// A query as a source of another: `auto [id, total] = query.subquery("t").columns();`.
template <class... Ts>
class subquery {
public:
    explicit subquery(node_ptr source) noexcept : source_{std::move(source)} {}
    [[nodiscard]] const node_ptr& source() const noexcept { return source_; }
    /// Its columns, for structured bindings.
    [[nodiscard]] std::tuple<expr<Ts>...> columns() const {
        return detail::typed_columns<Ts...>(source_, std::index_sequence_for<Ts...>{});
    }
    /// One by name, when only the program's run knows it; throws programming_error (no-such-column).
    [[nodiscard]] expr<value> operator[](std::string_view name) const { return detail::dynamic_column(source_, name); }

private:
    node_ptr source_;
};

template <class... Ts>
class compound_statement;

/// SELECT. A value: each function returns a changed query and leaves the one it is called on as it was, so that queries can be kept,
/// shared between threads and built upon. `Ts` are the types of a row's fields; none for columns chosen at run time.
template <class... Ts>
class select_statement : public detail::composition<select_statement<Ts...>, Ts...> {
public:
    using row_type = std::tuple<Ts...>;

    explicit select_statement(node_handle<select_node> node) noexcept : node_{std::move(node)} {}
    [[nodiscard]] node_ptr node() const noexcept { return node_; }

    /// Conditions; several calls, or several arguments, mean AND.
    template <class... C>
    [[nodiscard]] select_statement where(const C&... conditions) && {
        detail::check_conditions<C...>();
        auto& where = detail::own(node_).where;
        where.reserve(where.size() + sizeof...(C));
        (where.push_back(conditions.node()), ...);
        return std::move(*this);
    }
    template <class... C>
    [[nodiscard]] select_statement where(const C&... conditions) const& {
        return copy().where(conditions...);
    }

    /// JOIN a struct, alias, subquery or CTE; without a condition by the one foreign key between it and what stands before it.
    template <class S, class C>
    [[nodiscard]] select_statement join(const S& target, const C& on) && {
        return join_as(join_kind::inner, detail::source_of(target), detail::condition_node(on));
    }
    template <class S, class C>
    [[nodiscard]] select_statement join(const S& target, const C& on) const& {
        return copy().join(target, on);
    }
    template <class S>
    [[nodiscard]] select_statement join(const S& target) && {
        return join_as(join_kind::inner, detail::source_of(target), {});
    }
    template <class S>
    [[nodiscard]] select_statement join(const S& target) const& {
        return copy().join(target);
    }
    template <mapped T, class C>
    [[nodiscard]] select_statement join(const C& on) && {
        return join_as(join_kind::inner, entity<T>.source(), detail::condition_node(on));
    }
    template <mapped T, class C>
    [[nodiscard]] select_statement join(const C& on) const& {
        return copy().template join<T>(on);
    }
    template <mapped T>
    [[nodiscard]] select_statement join() && {
        return join_as(join_kind::inner, entity<T>.source(), {});
    }
    template <mapped T>
    [[nodiscard]] select_statement join() const& {
        return copy().template join<T>();
    }
    /// LEFT JOIN. The joined columns can be NULL then: select `maybe(...)` of them.
    template <class S, class C>
    [[nodiscard]] select_statement outer_join(const S& target, const C& on) && {
        return join_as(join_kind::left, detail::source_of(target), detail::condition_node(on));
    }
    template <class S, class C>
    [[nodiscard]] select_statement outer_join(const S& target, const C& on) const& {
        return copy().outer_join(target, on);
    }
    template <mapped T, class C>
    [[nodiscard]] select_statement outer_join(const C& on) && {
        return join_as(join_kind::left, entity<T>.source(), detail::condition_node(on));
    }
    template <mapped T, class C>
    [[nodiscard]] select_statement outer_join(const C& on) const& {
        return copy().template outer_join<T>(on);
    }
    template <mapped T>
    [[nodiscard]] select_statement outer_join() && {
        return join_as(join_kind::left, entity<T>.source(), {});
    }
    template <mapped T>
    [[nodiscard]] select_statement outer_join() const& {
        return copy().template outer_join<T>();
    }
    template <class S, class C>
    [[nodiscard]] select_statement full_join(const S& target, const C& on) && {
        return join_as(join_kind::full, detail::source_of(target), detail::condition_node(on));
    }
    template <class S, class C>
    [[nodiscard]] select_statement full_join(const S& target, const C& on) const& {
        return copy().full_join(target, on);
    }
    template <class S>
    [[nodiscard]] select_statement cross_join(const S& target) const& {
        return copy().cross_join(target);
    }
    template <class S>
    [[nodiscard]] select_statement cross_join(const S& target) && {
        return join_as(join_kind::cross, detail::source_of(target), {});
    }

    /// What stands first in FROM, where the columns alone do not tell.
    template <class... S>
    [[nodiscard]] select_statement select_from(const S&... sources) && {
        (detail::own(node_).from.push_back(detail::source_of(sources)), ...);
        return std::move(*this);
    }
    template <class... S>
    [[nodiscard]] select_statement select_from(const S&... sources) const& {
        return copy().select_from(sources...);
    }

    template <expression... E>
    [[nodiscard]] select_statement group_by(const E&... by) && {
        (detail::own(node_).group_by.push_back(by.node()), ...);
        return std::move(*this);
    }
    template <expression... E>
    [[nodiscard]] select_statement group_by(const E&... by) const& {
        return copy().group_by(by...);
    }
    template <class... C>
    [[nodiscard]] select_statement having(const C&... conditions) && {
        detail::check_conditions<C...>();
        (detail::own(node_).having.push_back(conditions.node()), ...);
        return std::move(*this);
    }
    template <class... C>
    [[nodiscard]] select_statement having(const C&... conditions) const& {
        return copy().having(conditions...);
    }
    template <expression... E>
    [[nodiscard]] select_statement order_by(const E&... by) && {
        (detail::own(node_).order_by.push_back(by.node()), ...);
        return std::move(*this);
    }
    template <expression... E>
    [[nodiscard]] select_statement order_by(const E&... by) const& {
        return copy().order_by(by...);
    }
    /// At most so many rows; negative numbers throw interface_error (invalid-argument).
    [[nodiscard]] select_statement limit(std::int64_t rows) && {
        detail::own(node_).limit = detail::make_limit(rows, "limit");
        return std::move(*this);
    }
    [[nodiscard]] select_statement limit(std::int64_t rows) const& { return copy().limit(rows); }
    [[nodiscard]] select_statement offset(std::int64_t rows) && {
        detail::own(node_).offset = detail::make_limit(rows, "offset");
        return std::move(*this);
    }
    [[nodiscard]] select_statement offset(std::int64_t rows) const& { return copy().offset(rows); }
    [[nodiscard]] select_statement distinct() && {
        detail::own(node_).distinct = true;
        return std::move(*this);
    }
    [[nodiscard]] select_statement distinct() const& { return copy().distinct(); }

    /// As a source in another query's FROM; `columns` rename its columns.
    [[nodiscard]] azoth::subquery<Ts...> subquery(std::string_view name = {}, const std::vector<std::string>& columns = {}) const {
        return azoth::subquery<Ts...>{detail::make_subquery(node_, name, columns)};
    }
    /// As one value; NULL where it finds no row.
    [[nodiscard]] auto scalar() const {
        static_assert(sizeof...(Ts) == 1, "azoth: a scalar subquery has exactly one column");
        return expr<add_optional_t<std::tuple_element_t<0, row_type>>>{detail::make_scalar(node_)};
    }
    [[nodiscard]] expr<bool> exists() const { return expr<bool>{detail::make_exists(node_)}; }

    /// The rows of both; UNION keeps each once.
    template <class... Os>
    [[nodiscard]] compound_statement<Ts...> union_(const select_statement<Os...>& other) const {
        return combined(set_operator::union_, other);
    }
    template <class... Os>
    [[nodiscard]] compound_statement<Ts...> union_all(const select_statement<Os...>& other) const {
        return combined(set_operator::union_all, other);
    }

private:
    [[nodiscard]] select_statement copy() const { return *this; }
    [[nodiscard]] select_statement join_as(join_kind kind, const node_ptr& target, const node_ptr& on) {
        detail::add_join(detail::own(node_), kind, target, on);
        return std::move(*this);
    }
    template <class... Os>
    [[nodiscard]] compound_statement<Ts...> combined(set_operator op, const select_statement<Os...>& other) const;

    node_handle<select_node> node_;
};

/// UNION and its kin.
template <class... Ts>
class compound_statement {
public:
    using row_type = std::tuple<Ts...>;
    explicit compound_statement(node_ptr node) noexcept : node_{std::move(node)} {}
    [[nodiscard]] const node_ptr& node() const noexcept { return node_; }
    [[nodiscard]] azoth::subquery<Ts...> subquery(std::string_view name = {}, const std::vector<std::string>& columns = {}) const {
        return azoth::subquery<Ts...>{detail::make_subquery(node_, name, columns)};
    }

private:
    node_ptr node_;
};

template <class... Ts>
template <class... Os>
compound_statement<Ts...> select_statement<Ts...>::combined(set_operator op, const select_statement<Os...>& other) const {
    static_assert(std::same_as<row_type, std::tuple<Os...>>, "azoth: the parts of a UNION must have the same columns, of the same types");
    return compound_statement<Ts...>{detail::make_compound(op, node_, other.node())};
}

/// A query of expressions and whole entities: `select(col<&Package::name>, func::count())`, `select(entity<Package>)`.
template <select_element... Es>
requires(sizeof...(Es) > 0) [[nodiscard]] auto select(const Es&... elements) {
    auto node = detail::make_select();
    node->items.reserve(sizeof...(Es));
    (detail::add_element(*node, elements), ...);
    return select_statement<typename Es::value_type...>{std::move(node)};
}

/// A query of mapped structs: `select<Package>()`.
template <class... Entities>
requires(sizeof...(Entities) > 0) [[nodiscard]] auto select() {
    static_assert((mapped<Entities> && ...), "azoth: this struct is not mapped: specialise azoth::mapping for it");
    return azoth::select(entity<Entities>...);
}

/// A query whose columns the program chooses at run time; its rows are dynamic.
template <std::ranges::input_range R>
requires expression<std::ranges::range_value_t<R>>
[[nodiscard]] select_statement<> select_columns(const R& columns) {
    auto node = detail::make_select();
    for (const auto& c : columns) detail::add_item(*node, c.node(), false);
    return select_statement<>{std::move(node)};
}

}  // namespace azoth
