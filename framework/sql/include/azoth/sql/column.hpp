#pragma once

#include <azoth/sql/entity.hpp>
#include <azoth/sql/expression.hpp>
#include <azoth/sql/parameter.hpp>

namespace azoth {

/// The column of a mapped member: `col<&Package::name>`; of an embedded one: `col<&Person::address, &Address::city>`. A member that
/// the struct inherits belongs to its base for C++: write `entity<Derived>[&Derived::member]`.
template <auto... Path>
class column_of : public operations<column_of<Path...>, expressed_as_t<typename detail::member_path<Path...>::value>> {
    using path = detail::member_path<Path...>;
    static_assert(mapped<typename path::owner>,
                  "azoth: the member's struct is not mapped: specialise az::mapping for it, or write az::entity<Derived>[&Derived::member] "
                  "for an inherited member");
    static_assert(storable<typename path::value>, "azoth: the member is no column: its type has no azoth::value_traits (a relation?)");

public:
    [[nodiscard]] const node_ptr& node() const {
        static const node_ptr& column =
            entity_of<typename path::owner>().column_at(path::offset(), codec_of<typename path::value>, path::name());
        return column;
    }
};

template <auto... Path>
inline constexpr column_of<Path...> col{};

namespace detail {
/// Where the member at the end of a path lies in `T`, which may have inherited the first one.
template <class T, auto First, auto... Rest>
std::ptrdiff_t offset_within() noexcept {
    const auto first = offset_of(static_cast<typename member_pointer<decltype(First)>::value T::*>(First));
    if constexpr (sizeof...(Rest) == 0) return first;
    else return first + member_path<Rest...>::offset();
}
template <auto... Path>
using path_value_t = typename member_path<Path...>::value;
}  // namespace detail

/// What a select can take whole: a mapped struct, or an alias of one.
struct entity_base {};

/// A mapped struct in a statement: `select(entity<Package>)`, `entity<Employee>[&Person::name]`.
template <mapped T>
class entity_ref : public entity_base {
public:
    using entity_type = T;
    using value_type = T;

    [[nodiscard]] node_ptr source() const { return entity_of<T>().table; }
    template <class V, class C>
    requires std::derived_from<T, C>
    [[nodiscard]] expr<expressed_as_t<V>> operator[](V C::*member) const {
        return expr<expressed_as_t<V>>{entity_of<T>().column_at(detail::offset_of(static_cast<V T::*>(member)), codec_of<V>)};
    }
    /// Also of an embedded member: `entity<Person>[col<&Person::address, &Address::city>]`.
    template <auto... Path>
    requires std::derived_from<T, typename detail::member_path<Path...>::owner>
    [[nodiscard]] expr<expressed_as_t<detail::path_value_t<Path...>>> operator[](const column_of<Path...>&) const {
        using value = detail::path_value_t<Path...>;
        return expr<expressed_as_t<value>>{entity_of<T>().column_at(detail::offset_within<T, Path...>(), codec_of<value>)};
    }
    [[nodiscard]] const std::vector<node_ptr>& columns() const { return entity_of<T>().columns; }
};

template <mapped T>
inline constexpr entity_ref<T> entity{};

namespace detail {
AZOTH_API node_ptr make_alias(const node_ptr& source, std::string_view name);
AZOTH_API node_ptr make_column(const node_ptr& source, const column_spec& spec);
AZOTH_API std::vector<node_ptr> columns_through(const node_ptr& source, const entity_info& of);
}  // namespace detail

/// A mapped struct's table under another name, for self joins: `auto boss = alias<Employee>("boss"); boss[&Employee::name]`. A value;
/// each call of `alias` makes another source.
template <mapped T>
class alias_of : public entity_base {
public:
    using entity_type = T;
    using value_type = T;

    explicit alias_of(std::string_view name)
        : source_{detail::make_alias(entity_of<T>().table, name)}, columns_{detail::columns_through(source_, entity_of<T>())} {}
    /// Another source with the struct's columns.
    alias_of(node_ptr source, std::vector<node_ptr> columns) noexcept : source_{std::move(source)}, columns_{std::move(columns)} {}
    [[nodiscard]] const node_ptr& source() const noexcept { return source_; }
    template <class V, class C>
    requires std::derived_from<T, C>
    [[nodiscard]] expr<expressed_as_t<V>> operator[](V C::*member) const {
        return expr<expressed_as_t<V>>{columns_[entity_of<T>().index_of(detail::offset_of(static_cast<V T::*>(member)), codec_of<V>)]};
    }
    /// Also of an embedded member: `boss[col<&Person::address, &Address::city>]`.
    template <auto... Path>
    requires std::derived_from<T, typename detail::member_path<Path...>::owner>
    [[nodiscard]] expr<expressed_as_t<detail::path_value_t<Path...>>> operator[](const column_of<Path...>&) const {
        using value = detail::path_value_t<Path...>;
        return expr<expressed_as_t<value>>{columns_[entity_of<T>().index_of(detail::offset_within<T, Path...>(), codec_of<value>)]};
    }
    [[nodiscard]] const std::vector<node_ptr>& columns() const noexcept { return columns_; }

private:
    node_ptr source_;
    std::vector<node_ptr> columns_;
};

template <mapped T>
[[nodiscard]] alias_of<T> alias(std::string_view name = {}) {
    return alias_of<T>{name};
}

template <class E>
concept entity_source = std::derived_from<std::remove_cvref_t<E>, entity_base>;

/// An entity of an outer-joined source: std::nullopt where its key is NULL.
template <entity_source E>
class maybe_entity : public entity_base {
public:
    using entity_type = typename E::entity_type;
    using value_type = std::optional<entity_type>;

    explicit maybe_entity(E of) : of_{std::move(of)} {}
    [[nodiscard]] node_ptr source() const { return of_.source(); }
    [[nodiscard]] const std::vector<node_ptr>& columns() const { return of_.columns(); }

private:
    E of_;
};

template <entity_source E>
[[nodiscard]] maybe_entity<E> maybe(const E& of) {
    return maybe_entity<E>{of};
}

}  // namespace azoth
