#pragma once

#include <azoth/sql/assign.hpp>

#include <initializer_list>
#include <ranges>

namespace azoth {

namespace detail {

AZOTH_API node_handle<insert_node> make_insert(const node_ptr& table);
AZOTH_API void assign_object(insert_node& n, const entity_info& of, const void* object);
/// Rows of the same struct in one statement: either all bring the generated key or none does.
AZOTH_API void assign_objects(insert_node& n, const entity_info& of, const std::vector<const void*>& objects);
/// The insert with the columns that rows of a struct fill: all, or all but the generated key where no row has one.
AZOTH_API node_handle<insert_node> for_rows(const node_handle<insert_node>& n, const entity_info& of, bool with_generated);
/// SELECT of all columns of a source.
AZOTH_API node_ptr make_select_all(const node_ptr& source);
AZOTH_API void set_insert_query(insert_node& n, const node_ptr& query);

template <class R, class Entity>
inline constexpr bool is_range_of = false;
template <std::ranges::forward_range R, class Entity>
inline constexpr bool is_range_of<R, Entity> = std::same_as<std::ranges::range_value_t<R>, Entity>;

template <class Columns, class Row>
struct check_filled;
template <class... Cs, class... Vs>
struct check_filled<std::tuple<Cs...>, std::tuple<Vs...>> {
    static consteval void run() {
        if constexpr (sizeof...(Vs) != 0) {  // a query whose columns only the run knows
            static_assert(sizeof...(Cs) == sizeof...(Vs), "azoth: the query must have as many columns as the insert fills");
            if constexpr (sizeof...(Cs) == sizeof...(Vs)) (check_assignable<expr<Cs>, expr<Vs>>(), ...);
        }
    }
};

}  // namespace detail

template <class Statement, bool HasTarget>
class conflict_target;

/// INSERT. A value, as queries are. `Ts`: what RETURNING gives.
template <class Entity, class... Ts>
class insert_statement {
public:
    using entity_type = Entity;
    using row_type = std::tuple<Ts...>;
    explicit insert_statement(node_handle<insert_node> node) noexcept : node_{std::move(node)} {}
    [[nodiscard]] node_ptr node() const noexcept { return node_; }
    [[nodiscard]] const node_handle<insert_node>& handle() const noexcept { return node_; }

    /// One column of the row: a value, an expression, or `default_value`, which also takes back what `values` gave it.
    template <class C, class V>
    [[nodiscard]] insert_statement set(const C& column, const V& v) const {
        const node_ptr value = detail::assigned_node(column, v);
        insert_statement next{*this};
        detail::add_value(detail::own(next.node_), column.node(), value);
        return next;
    }
    /// All columns of an object. Left to the database is a generated key that is 0 or empty, left to the mapping what is empty and has a
    /// default there. Everything else is sent, so that an empty member of a column with a server default becomes NULL.
    [[nodiscard]] insert_statement values(const Entity& object) const {
        static_assert(mapped<Entity>, "azoth: only an insert into a mapped struct takes objects: give a table's columns with set()");
        insert_statement next{*this};
        detail::assign_object(detail::own(next.node_), entity_of<Entity>(), &object);
        return next;
    }
    /// Several objects in one statement; many go faster as `connection.execute(insert<T>(), objects)`.
    [[nodiscard]] insert_statement values(std::initializer_list<Entity> objects) const { return values_of(objects); }
    template <class R>
    [[nodiscard]] insert_statement values(const R& objects) const {
        constexpr bool is_one = std::derived_from<R, Entity>;
        constexpr bool are_several = detail::is_range_of<R, Entity>;
        static_assert(is_one || are_several, "azoth: values() takes objects of the insert's own struct, or a container of them");
        if constexpr (is_one) return values(static_cast<const Entity&>(objects));
        else if constexpr (are_several) return values_of(objects);
        else return *this;
    }

    /// Which columns rows given at execution, or a query, fill, in their order: `connection.execute(insert(t).columns(a, b), rows)`.
    template <expression... C>
    [[nodiscard]] auto columns(const C&... columns) const;
    /// INSERT ... SELECT into all columns, in the mapping's order. The query may be a select, a compound, or text with known columns.
    template <azoth::query Q>
    [[nodiscard]] insert_statement from(const Q& query) const {
        return from_node(query.node());
    }
    /// The same with all columns of a subquery or CTE.
    template <detail::has_source S>
    [[nodiscard]] insert_statement from(const S& source) const {
        return from_node(detail::make_select_all(source.source()));
    }

    /// An upsert: what to do with a row whose key, of these columns, is there already.
    template <class... C>
    [[nodiscard]] auto on_conflict(const C&... columns) const;
    /// The same by the name of a unique or primary key.
    [[nodiscard]] auto on_constraint(std::string_view name) const;

    template <class... E>
    [[nodiscard]] auto returning(const E&... items) const {
        detail::check_returnable<E...>();
        auto node = node_;
        (detail::add_returned(detail::own(node).returning, items), ...);
        return insert_statement<Entity, typename E::value_type...>{std::move(node)};
    }
    /// Does not find out the key of the inserted row, which on some databases needs the right to read it.
    [[nodiscard]] insert_statement without_inserted_key() const {
        insert_statement next{*this};
        detail::own(next.node_).keyless = true;
        return next;
    }

protected:
    [[nodiscard]] insert_statement from_node(const node_ptr& query) const {
        insert_statement next{*this};
        detail::set_insert_query(detail::own(next.node_), query);
        return next;
    }
    template <class R>
    [[nodiscard]] insert_statement values_of(const R& objects) const {
        static_assert(mapped<Entity>, "azoth: only an insert into a mapped struct takes objects: give a table's columns with set()");
        std::vector<const void*> rows;
        for (const Entity& object : objects) rows.push_back(&object);
        insert_statement next{*this};
        detail::assign_objects(detail::own(next.node_), entity_of<Entity>(), rows);
        return next;
    }

    node_handle<insert_node> node_;
};

/// An insert that knows the types of the columns it fills.
template <class Entity, class Columns, class... Ts>
class insert_of_columns : public insert_statement<Entity, Ts...> {
public:
    using insert_statement<Entity, Ts...>::insert_statement;
    template <azoth::query Q>
    [[nodiscard]] insert_statement<Entity, Ts...> from(const Q& query) const {
        detail::check_filled<Columns, typename Q::row_type>::run();
        return this->from_node(query.node());
    }
    template <detail::has_source S>
    [[nodiscard]] insert_statement<Entity, Ts...> from(const S& source) const {
        return this->from_node(detail::make_select_all(source.source()));
    }
    template <class... E>
    [[nodiscard]] auto returning(const E&... items) const {
        const auto returns = insert_statement<Entity, Ts...>::returning(items...);
        return insert_of_columns<Entity, Columns, typename E::value_type...>{returns.handle()};
    }
};

template <class Entity, class... Ts>
template <expression... C>
auto insert_statement<Entity, Ts...>::columns(const C&... columns) const {
    auto node = node_;
    (detail::own(node).columns.push_back(columns.node()), ...);
    return insert_of_columns<Entity, std::tuple<typename C::value_type...>, Ts...>{std::move(node)};
}

template <class T>
[[nodiscard]] auto insert() {
    static_assert(mapped<T>, "azoth: this struct is not mapped: specialise azoth::mapping for it");
    return insert_statement<T>{detail::make_insert(entity<T>.source())};
}

/// The same for a table that is no struct: rows are made of values then.
struct dynamic_row;
template <detail::has_source S>
[[nodiscard]] insert_statement<dynamic_row> insert(const S& table) {
    return insert_statement<dynamic_row>{detail::make_insert(table.source())};
}

}  // namespace azoth
