#pragma once

#include <azoth/sql/insert.hpp>

namespace azoth {

namespace detail {
AZOTH_API void add_index_condition(insert_node& n, const node_ptr& condition);
}  // namespace detail

/// What an insert does to the row that is there already. Every row, or every batch, either inserts or updates.
template <class Entity, class... Ts>
class upsert_statement : public insert_statement<Entity, Ts...> {
public:
    using insert_statement<Entity, Ts...>::insert_statement;

    /// A column of the row that is there: a value or an expression. In it, the table's columns are those of that row, and
    /// `proposed(column)` those of the row that could not be inserted.
    template <class C, class V>
    [[nodiscard]] upsert_statement set(const C& column, const V& v) const {
        const node_ptr value = detail::assigned_node(column, v);
        upsert_statement next{*this};
        detail::own(next.node_).conflict.values.push_back({column.node(), value});
        return next;
    }
    /// Each of the columns becomes what was proposed.
    template <expression... C>
    [[nodiscard]] upsert_statement set_proposed(const C&... columns) const {
        static_assert(sizeof...(C) > 0, "azoth: say which columns take the proposed values");
        upsert_statement next{*this};
        (detail::own(next.node_).conflict.values.push_back({columns.node(), detail::make_proposed(columns.node())}), ...);
        return next;
    }
    /// Only rows that meet the conditions are updated; the others stay as they are.
    template <class... C>
    [[nodiscard]] upsert_statement where(const C&... conditions) const {
        upsert_statement next{*this};
        detail::add_conditions(detail::own(next.node_).conflict, conditions...);
        return next;
    }
    template <class... E>
    [[nodiscard]] auto returning(const E&... items) const {
        detail::check_returnable<E...>();
        auto node = this->node_;
        (detail::add_returned(detail::own(node).returning, items), ...);
        return upsert_statement<Entity, typename E::value_type...>{std::move(node)};
    }
};

/// The unique key whose conflict counts, and what happens then.
template <class Statement, bool HasTarget>
class conflict_target;
template <class Entity, class... Ts, bool HasTarget>
class conflict_target<insert_statement<Entity, Ts...>, HasTarget> {
public:
    explicit conflict_target(node_handle<insert_node> node) noexcept : node_{std::move(node)} {}

    /// The condition of the partial index that makes the columns unique. Its values have to be literals.
    template <class... C>
    [[nodiscard]] conflict_target index_where(const C&... conditions) const {
        static_assert(HasTarget, "azoth: a partial index is found by its columns: name them in on_conflict()");
        detail::check_conditions<C...>();
        conflict_target next{*this};
        (detail::add_index_condition(detail::own(next.node_), conditions.node()), ...);
        return next;
    }
    /// The row that is there stays as it is.
    [[nodiscard]] insert_statement<Entity, Ts...> do_nothing() const {
        auto node = node_;
        detail::own(node).conflict.action = conflict_action::nothing;
        return insert_statement<Entity, Ts...>{std::move(node)};
    }
    /// The row that is there is updated: go on with set().
    [[nodiscard]] upsert_statement<Entity, Ts...> do_update() const {
        static_assert(HasTarget, "azoth: do_update() needs to know which key counts: name its columns in on_conflict()");
        auto node = node_;
        detail::own(node).conflict.action = conflict_action::update;
        return upsert_statement<Entity, Ts...>{std::move(node)};
    }

private:
    node_handle<insert_node> node_;
};

template <class Entity, class... Ts>
template <class... C>
auto insert_statement<Entity, Ts...>::on_conflict(const C&... columns) const {
    static_assert((expression<C> && ...), "azoth: on_conflict() takes the columns of a unique key: on_conflict(col<&T::member>)");
    auto node = node_;
    (detail::own(node).conflict.targets.push_back(columns.node()), ...);
    return conflict_target<insert_statement, (sizeof...(C) > 0)>{std::move(node)};
}

template <class Entity, class... Ts>
auto insert_statement<Entity, Ts...>::on_constraint(std::string_view name) const {
    auto node = node_;
    detail::own(node).conflict.constraint = name;
    return conflict_target<insert_statement, true>{std::move(node)};
}

}  // namespace azoth
