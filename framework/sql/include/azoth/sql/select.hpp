#pragma once

#include <azoth/sql/compose.hpp>
#include <azoth/sql/compound.hpp>
#include <azoth/sql/joins.hpp>
#include <azoth/sql/select_clauses.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>

namespace azoth {

namespace detail {

AZOTH_API void add_item(select_node& n, const node_ptr& expression, bool strict);
AZOTH_API void add_items(select_node& n, const std::vector<node_ptr>& columns, bool strict);
AZOTH_API void add_dialect_text(std::vector<dialect_text>& to, std::string_view sql, std::string_view dialect, node_ptr source = {});

template <class E>
void add_element(select_node& n, const E& e) {
    if constexpr (expression<E>) add_item(n, e.node(), !can_be_null_v<E>);
    else add_items(n, e.columns(), !is_optional_v<typename E::value_type>);
}

}  // namespace detail

/// SELECT. A value: each function returns a changed query and leaves the one it is called on as it was, so that queries can be kept,
/// shared between threads and built upon. `Ts` are the types of a row's fields; none for columns chosen at run time.
template <class... Ts>
class select_statement : public select_clauses<select_statement<Ts...>>,
                         public query_operations<select_statement<Ts...>, Ts...>,
                         public join_operations<select_statement<Ts...>>,
                         public detail::composition<select_statement<Ts...>, Ts...> {
    using select_clauses<select_statement<Ts...>>::node_;
    using select_clauses<select_statement<Ts...>>::copy;
    using select_clauses<select_statement<Ts...>>::moved;

public:
    using row_type = std::tuple<Ts...>;

    explicit select_statement(node_handle<select_node> node) noexcept : select_clauses<select_statement<Ts...>>(std::move(node)) {}
    [[nodiscard]] node_ptr node() const noexcept { return node_; }

    /// Conditions; several calls, or several arguments, mean AND.
    template <class... C>
    [[nodiscard]] select_statement where(const C&... conditions) && {
        detail::check_conditions<C...>();
        auto& where = detail::own(node_).where;
        where.reserve(where.size() + sizeof...(C));
        (where.push_back(conditions.node()), ...);
        return moved();
    }
    template <class... C>
    [[nodiscard]] select_statement where(const C&... conditions) const& {
        return copy().where(conditions...);
    }

    /// What stands first in FROM, where the columns alone do not tell.
    template <class... S>
    [[nodiscard]] select_statement select_from(const S&... sources) && {
        (detail::own(node_).from.push_back(detail::source_of(sources)), ...);
        return moved();
    }
    template <class... S>
    [[nodiscard]] select_statement select_from(const S&... sources) const& {
        return copy().select_from(sources...);
    }

    /// Inside an expression of another query: what comes from that one, where the columns alone do not tell. Nothing else does then.
    template <class... S>
    [[nodiscard]] select_statement correlate(const S&... sources) const {
        select_statement next{*this};
        auto& n = detail::own(next.node_);
        n.correlation = select_node::correlations::said;
        (n.correlated.push_back(detail::source_of(sources)), ...);
        return next;
    }
    /// CTEs that stand before the query although it does not select from them: those that change data.
    template <class... S>
    [[nodiscard]] select_statement with(const S&... ctes) const {
        select_statement next{*this};
        (detail::own(next.node_).with.push_back(detail::source_of(ctes)), ...);
        return next;
    }
    /// SQL of the program's own behind SELECT, for one dialect ("sqlite") or a family of them ("mysql"); others do not get it. It has to be
    /// a constant of the program.
    [[nodiscard]] select_statement prefix_with(std::string_view sql, std::string_view dialect) const {
        select_statement next{*this};
        detail::add_dialect_text(detail::own(next.node_).prefixes, sql, dialect);
        return next;
    }
    /// The same at the query's end.
    [[nodiscard]] select_statement suffix_with(std::string_view sql, std::string_view dialect) const {
        select_statement next{*this};
        detail::add_dialect_text(detail::own(next.node_).suffixes, sql, dialect);
        return next;
    }
    /// The same behind a source in FROM: `with_hint(entity<Package>, "USE INDEX (by_name)", "mysql")`.
    template <class S>
    [[nodiscard]] select_statement with_hint(const S& source, std::string_view sql, std::string_view dialect) const {
        select_statement next{*this};
        detail::add_dialect_text(detail::own(next.node_).hints, sql, dialect, detail::source_of(source));
        return next;
    }

    /// What the ORM does beside the query: `options(orm::selectinload<&Order::lines>)`. A connection, which knows no objects, refuses it.
    template <class... O>
    [[nodiscard]] select_statement options(const O&... options) const {
        select_statement next{*this};
        (detail::own(next.node_).options.push_back(options.option()), ...);
        return next;
    }

private:
    friend join_operations<select_statement>;
};

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
