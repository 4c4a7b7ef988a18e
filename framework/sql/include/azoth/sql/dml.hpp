#pragma once

#include <azoth/sql/select.hpp>

#include <span>

namespace azoth {

namespace detail {

AZOTH_API node_handle<insert_node> make_insert(const node_ptr& table);
AZOTH_API node_handle<update_node> make_update(const node_ptr& table);
AZOTH_API node_handle<delete_node> make_delete(const node_ptr& table);
AZOTH_API insert_node& own(node_handle<insert_node>& n);
AZOTH_API update_node& own(node_handle<update_node>& n);
AZOTH_API delete_node& own(node_handle<delete_node>& n);
AZOTH_API void assign_object(insert_node& n, const entity_info& of, const void* object);
/// The insert with the columns that rows of a struct fill: all, or all but the generated key where no row has one.
AZOTH_API node_handle<insert_node> for_rows(const node_handle<insert_node>& n, const entity_info& of, bool with_generated);

template <class C, class V>
void check_assignable() {
    check_comparable<C, V>();
    constexpr bool is_nothing = std::same_as<value_of_t<V>, std::nullopt_t>;
    // What a fraction becomes in an integer column differs from database to database.
    constexpr bool loses_fraction = std::integral<bare_t<C>> && (std::floating_point<bare_t<V>> || std::same_as<bare_t<V>, decimal>);
    static_assert(!loses_fraction,
                  "azoth: a number with a fraction cannot be assigned to an integer column: round it, or cast it with .as<T>()");
    static_assert(
        can_be_null_v<C> || !(can_be_null_v<V> || is_nothing),
        "azoth: a value that can be NULL cannot be assigned to a column that cannot: give it a default with func::coalesce or value_or");
}

}  // namespace detail

/// INSERT. A value, as queries are. `Ts`: what RETURNING gives.
template <class Entity, class... Ts>
class insert_statement {
public:
    using entity_type = Entity;
    using row_type = std::tuple<Ts...>;
    explicit insert_statement(node_handle<insert_node> node) noexcept : node_{std::move(node)} {}
    [[nodiscard]] node_ptr node() const noexcept { return node_; }
    [[nodiscard]] const node_handle<insert_node>& handle() const noexcept { return node_; }

    /// One column of the row: a value or an expression.
    template <expression C, class V>
    [[nodiscard]] insert_statement set(const C& column, const V& v) const {
        detail::check_assignable<C, V>();
        insert_statement next{*this};
        detail::own(next.node_).values.push_back({column.node(), detail::node_of(v, column.node().get())});
        return next;
    }
    /// All columns of an object; a generated key that is 0 or empty is left to the database.
    [[nodiscard]] insert_statement values(const Entity& object) const {
        static_assert(mapped<Entity>, "azoth: only an insert into a mapped struct takes objects: give a table's columns with set()");
        insert_statement next{*this};
        detail::assign_object(detail::own(next.node_), entity_of<Entity>(), &object);
        return next;
    }
    /// Which columns rows given at execution fill, in their order: `connection.execute(insert(t).columns(a, b), rows)`.
    template <expression... C>
    [[nodiscard]] insert_statement columns(const C&... columns) const {
        insert_statement next{*this};
        (detail::own(next.node_).columns.push_back(columns.node()), ...);
        return next;
    }
    /// INSERT ... SELECT, into the columns named with `columns`, or into all.
    template <class... Qs>
    [[nodiscard]] insert_statement from(const select_statement<Qs...>& query) const {
        insert_statement next{*this};
        detail::own(next.node_).query = query.node();
        return next;
    }
    template <expression... E>
    [[nodiscard]] auto returning(const E&... items) const {
        auto node = node_;
        (detail::own(node).returning.push_back({items.node(), !detail::can_be_null_v<E>}), ...);
        return insert_statement<Entity, typename E::value_type...>{std::move(node)};
    }

private:
    node_handle<insert_node> node_;
};

/// UPDATE.
template <class... Ts>
class update_statement {
public:
    using row_type = std::tuple<Ts...>;
    explicit update_statement(node_handle<update_node> node) noexcept : node_{std::move(node)} {}
    [[nodiscard]] node_ptr node() const noexcept { return node_; }

    template <expression C, class V>
    [[nodiscard]] update_statement set(const C& column, const V& v) const {
        detail::check_assignable<C, V>();
        update_statement next{*this};
        detail::own(next.node_).values.push_back({column.node(), detail::node_of(v, column.node().get())});
        return next;
    }
    template <class... C>
    [[nodiscard]] update_statement where(const C&... conditions) const {
        detail::check_conditions<C...>();
        update_statement next{*this};
        (detail::own(next.node_).where.push_back(conditions.node()), ...);
        return next;
    }
    template <expression... E>
    [[nodiscard]] auto returning(const E&... items) const {
        auto node = node_;
        (detail::own(node).returning.push_back({items.node(), !detail::can_be_null_v<E>}), ...);
        return update_statement<typename E::value_type...>{std::move(node)};
    }

private:
    node_handle<update_node> node_;
};

/// DELETE.
template <class... Ts>
class delete_statement {
public:
    using row_type = std::tuple<Ts...>;
    explicit delete_statement(node_handle<delete_node> node) noexcept : node_{std::move(node)} {}
    [[nodiscard]] node_ptr node() const noexcept { return node_; }

    template <class... C>
    [[nodiscard]] delete_statement where(const C&... conditions) const {
        detail::check_conditions<C...>();
        delete_statement next{*this};
        (detail::own(next.node_).where.push_back(conditions.node()), ...);
        return next;
    }
    template <expression... E>
    [[nodiscard]] auto returning(const E&... items) const {
        auto node = node_;
        (detail::own(node).returning.push_back({items.node(), !detail::can_be_null_v<E>}), ...);
        return delete_statement<typename E::value_type...>{std::move(node)};
    }

private:
    node_handle<delete_node> node_;
};

template <class T>
[[nodiscard]] auto insert() {
    static_assert(mapped<T>, "azoth: this struct is not mapped: specialise azoth::mapping for it");
    return insert_statement<T>{detail::make_insert(entity<T>.source())};
}
template <mapped T>
[[nodiscard]] update_statement<> update() {
    return update_statement<>{detail::make_update(entity<T>.source())};
}
template <mapped T>
[[nodiscard]] delete_statement<> delete_() {
    return delete_statement<>{detail::make_delete(entity<T>.source())};
}

/// The same for a table that is no struct: rows are made of values then.
struct dynamic_row;
template <class S>
requires requires(const S& s) { s.source(); }
[[nodiscard]] insert_statement<dynamic_row> insert(const S& table) {
    return insert_statement<dynamic_row>{detail::make_insert(table.source())};
}
template <class S>
requires requires(const S& s) { s.source(); }
[[nodiscard]] update_statement<> update(const S& table) { return update_statement<>{detail::make_update(table.source())}; }
template <class S>
requires requires(const S& s) { s.source(); }
[[nodiscard]] delete_statement<> delete_(const S& table) { return delete_statement<>{detail::make_delete(table.source())}; }

}  // namespace azoth
