#pragma once

#include <azoth/sql/assign.hpp>

namespace azoth {

namespace detail {
AZOTH_API node_handle<delete_node> make_delete(const node_ptr& table, const entity_info* of = nullptr);
}  // namespace detail

/// DELETE. A value, as queries are. `Ts`: what RETURNING gives.
template <class... Ts>
class delete_statement {
public:
    using row_type = std::tuple<Ts...>;
    explicit delete_statement(node_handle<delete_node> node) noexcept : node_{std::move(node)} {}
    [[nodiscard]] node_ptr node() const noexcept { return node_; }

    template <class... C>
    [[nodiscard]] delete_statement where(const C&... conditions) const {
        delete_statement next{*this};
        detail::add_conditions(detail::own(next.node_), conditions...);
        return next;
    }
    /// Other tables, aliases, subqueries or CTEs, whose columns conditions can use.
    template <class... S>
    [[nodiscard]] delete_statement using_(const S&... sources) const {
        delete_statement next{*this};
        (detail::add_dml_join(detail::own(next.node_).joins, detail::source_of(sources), {}, join_kind::cross), ...);
        return next;
    }
    /// The same with a condition; without one by the one foreign key between it and what stands before it.
    template <class S, class... C>
    [[nodiscard]] delete_statement join(const S& source, const C&... on) const {
        return joined(detail::source_of(source), detail::joined_condition(on...));
    }
    template <mapped T, class... C>
    [[nodiscard]] delete_statement join(const C&... on) const {
        return joined(entity<T>.source(), detail::joined_condition(on...));
    }
    /// In which order rows are deleted: with `limit`, which ones.
    template <expression... E>
    [[nodiscard]] delete_statement order_by(const E&... by) const {
        delete_statement next{*this};
        (detail::own(next.node_).order_by.push_back(by.node()), ...);
        return next;
    }
    /// At most so many rows; negative numbers throw interface_error (invalid-argument).
    [[nodiscard]] delete_statement limit(std::int64_t rows) const {
        delete_statement next{*this};
        detail::own(next.node_).limit = detail::make_limit(rows, "limit");
        return next;
    }
    template <class... E>
    [[nodiscard]] auto returning(const E&... items) const {
        detail::check_returnable<E...>();
        auto node = node_;
        (detail::add_returned(detail::own(node).returning, items), ...);
        return delete_statement<typename E::value_type...>{std::move(node)};
    }

private:
    [[nodiscard]] delete_statement joined(const node_ptr& source, const node_ptr& on) const {
        delete_statement next{*this};
        detail::add_dml_join(detail::own(next.node_).joins, source, on, join_kind::inner);
        return next;
    }
    node_handle<delete_node> node_;
};

template <mapped T>
[[nodiscard]] delete_statement<> delete_() {
    return delete_statement<>{detail::make_delete(entity<T>.source(), &entity_of<T>())};
}
/// A table made at run time, or an alias.
template <detail::has_source S>
[[nodiscard]] delete_statement<> delete_(const S& table) {
    return delete_statement<>{detail::make_delete(table.source())};
}

}  // namespace azoth
