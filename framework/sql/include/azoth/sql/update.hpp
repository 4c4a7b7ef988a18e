#pragma once

#include <azoth/sql/assign.hpp>

namespace azoth {

namespace detail {
AZOTH_API node_handle<update_node> make_update(const node_ptr& table, const entity_info* of = nullptr);
}  // namespace detail

/// UPDATE. A value, as queries are. `Ts`: what RETURNING gives.
template <class... Ts>
class update_statement {
public:
    using row_type = std::tuple<Ts...>;
    explicit update_statement(node_handle<update_node> node) noexcept : node_{std::move(node)} {}
    [[nodiscard]] node_ptr node() const noexcept { return node_; }

    /// A column becomes a value, an expression of the row as it was, or `default_value`. Written in the order of the calls.
    template <class C, class V>
    [[nodiscard]] update_statement set(const C& column, const V& v) const {
        const node_ptr value = detail::assigned_node(column, v);
        update_statement next{*this};
        detail::own(next.node_).values.push_back({column.node(), value});
        return next;
    }
    template <class... C>
    [[nodiscard]] update_statement where(const C&... conditions) const {
        update_statement next{*this};
        detail::add_conditions(detail::own(next.node_), conditions...);
        return next;
    }
    /// Other tables, aliases, subqueries or CTEs, whose columns values and conditions can use. A row that meets several of their rows is
    /// updated once, by one of them: which one is up to the database.
    template <class... S>
    [[nodiscard]] update_statement from(const S&... sources) const {
        update_statement next{*this};
        (detail::add_dml_join(detail::own(next.node_).joins, detail::source_of(sources), {}, join_kind::cross), ...);
        return next;
    }
    /// The same with a condition; without one by the one foreign key between it and what stands before it.
    template <class S, class... C>
    [[nodiscard]] update_statement join(const S& source, const C&... on) const {
        return joined(detail::source_of(source), detail::joined_condition(on...));
    }
    template <mapped T, class... C>
    [[nodiscard]] update_statement join(const C&... on) const {
        return joined(entity<T>.source(), detail::joined_condition(on...));
    }
    /// In which order rows are updated: with `limit`, which ones.
    template <expression... E>
    [[nodiscard]] update_statement order_by(const E&... by) const {
        update_statement next{*this};
        (detail::own(next.node_).order_by.push_back(by.node()), ...);
        return next;
    }
    /// At most so many rows; negative numbers throw interface_error (invalid-argument).
    [[nodiscard]] update_statement limit(std::int64_t rows) const {
        update_statement next{*this};
        detail::own(next.node_).limit = detail::make_limit(rows, "limit");
        return next;
    }
    template <class... E>
    [[nodiscard]] auto returning(const E&... items) const {
        detail::check_returnable<E...>();
        auto node = node_;
        (detail::add_returned(detail::own(node).returning, items), ...);
        return update_statement<typename E::value_type...>{std::move(node)};
    }

private:
    [[nodiscard]] update_statement joined(const node_ptr& source, const node_ptr& on) const {
        update_statement next{*this};
        detail::add_dml_join(detail::own(next.node_).joins, source, on, join_kind::inner);
        return next;
    }
    node_handle<update_node> node_;
};

template <mapped T>
[[nodiscard]] update_statement<> update() {
    return update_statement<>{detail::make_update(entity<T>.source(), &entity_of<T>())};
}
/// A table made at run time, or an alias.
template <detail::has_source S>
[[nodiscard]] update_statement<> update(const S& table) {
    return update_statement<>{detail::make_update(table.source())};
}

}  // namespace azoth
