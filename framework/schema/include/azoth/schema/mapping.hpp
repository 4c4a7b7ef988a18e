#pragma once

#include <azoth/schema/column_defaults.hpp>
#include <azoth/schema/table_builder.hpp>
#include <azoth/sql/column.hpp>
#include <azoth/sql/text.hpp>

#include <string>
#include <type_traits>
#include <vector>

namespace azoth {

namespace detail {
template <class V>
concept is_relation = requires {
    { V::describe() } -> std::convertible_to<std::shared_ptr<const relation_description>>;
};
}  // namespace detail

namespace detail {
template <class T>
const mapped_table& later_table();
template <class T>
table_builder later_builder();
}  // namespace detail

/// Describes how a plain struct is a table:
///
///     template <> struct azoth::mapping<Package> {
///         static azoth::table_map<Package> map() {
///             return azoth::table_map<Package>("package")
///                 .column<&Package::id>(azoth::primary_key)
///                 .column<&Package::name>(azoth::string(80), azoth::unique)
///                 .column<&Package::maintainer_id>(azoth::references<&Maintainer::id>);
///         }
///     };
///
/// Names come from the members; std::optional says NULLable. Checked at first use.
template <class T>
class table_map {
    static_assert(std::is_default_constructible_v<T>,
                  "azoth: a mapped struct needs a default constructor: rows are read into a fresh object");

public:
    explicit table_map(std::string name, std::string schema = {}) : builder_{std::move(name), std::move(schema)} {}

    /// Maps a member, or a member of an embedded member, to a column.
    template <auto... Path, column_option... Options>
    table_map& column(const Options&... options) {
        using path = detail::member_path<Path...>;
        using value = typename path::value;
        static_assert(std::derived_from<T, typename path::owner>, "azoth: the member belongs to another struct than the one being mapped");
        static_assert(storable<value>,
                      "azoth: the member's type has no azoth::value_traits: specialise it, or use .relation<>() for a relation");
        (detail::check_default<expressed_as_t<value>, Options>(), ...);
        column_draft draft = start(offset_in<Path...>(), codec_of<value>, last_name<Path...>(), path::name());
        (detail::apply_option(draft, options), ...);
        builder_.add(std::move(draft));
        return *this;
    }
    /// Several columns are unique together.
    template <auto... Members>
    table_map& unique(std::string name = {}) {
        builder_.add_unique({.name = std::move(name), .columns = {column_name<Members>()...}});
        return *this;
    }
    /// The same by the columns' names, with all that can be said of it.
    table_map& unique(unique_constraint constraint) {
        builder_.add_unique(std::move(constraint));
        return *this;
    }
    template <auto... Members>
    table_map& index(std::string name = {}) {
        builder_.add_index({.name = std::move(name), .elements = {index_element{column_name<Members>()}...}});
        return *this;
    }
    /// An index with more to it: `index(azoth::index("by_name", {"name", azoth::descending("size")}))`. It names columns, not members.
    table_map& index(index_definition definition) {
        builder_.add_index(std::move(definition));
        return *this;
    }
    /// A foreign key of several columns, by their names.
    table_map& foreign_key(azoth::foreign_key key) {
        builder_.add_foreign_key(std::move(key));
        return *this;
    }
    /// A condition that every row has to meet, in SQL. The column names in it are written as the database sees them.
    table_map& check(std::string name, std::string_view sql) {
        builder_.add_check({std::move(name), detail::parse_text(sql)});
        return *this;
    }
    /// The same as an expression over `own_column<T>("name")`, written for each dialect.
    template <condition C>
    table_map& check(std::string name, const C& condition) {
        builder_.add_check({std::move(name), condition.node()});
        return *this;
    }
    /// What the table is for, kept in the database.
    table_map& comment(std::string text) {
        builder_.set_comment(std::move(text));
        return *this;
    }
    /// What one dialect alone knows: `option("mysql.engine", "MyISAM")`; others pass it by.
    table_map& option(std::string name, std::string value) {
        builder_.set_option(std::move(name), std::move(value));
        return *this;
    }
    /// A relation to other structs, a member of type `orm::one` or `orm::many`, with what is to be said of it; see <azoth/orm.hpp>.
    template <auto Member, class... Options>
    table_map& relation(const Options&... options) {
        using value = typename detail::member_pointer<decltype(Member)>::value;
        static_assert(detail::is_relation<value>, "azoth: not a relation: those are members of type az::orm::one<T> or az::orm::many<T>");
        builder_.add_relation({offset_in<Member>(), std::string{detail::spelled_member<Member>()}, value::describe(options...)});
        return *this;
    }

    /// The column that tells of which struct a row is, where other structs inherit this one; `identity` is what it holds for this one.
    template <auto Member, class V>
    table_map& polymorphic(const V& identity) {
        builder_.set_discriminator(column_name<Member>(), detail::identity_value(identity));
        return *this;
    }
    /// The same of a struct that has no rows of its own.
    template <auto Member>
    table_map& polymorphic() {
        builder_.set_discriminator(column_name<Member>(), {});
        return *this;
    }
    /// The structs that inherit this one and whose rows are rows of this one too: loading this one loads them as what they are.
    template <class... Derived>
    table_map& derived() {
        static_assert((std::derived_from<Derived, T> && ...), "azoth: the struct does not inherit the one being mapped");
        (builder_.add_derived({&detail::later_table<Derived>, &detail::later_builder<Derived>}), ...);
        return *this;
    }
    /// The struct inherits another mapped one, and `identity` is what the column says that tells them apart. With the base's table name,
    /// both are in one table; with another one, a row is one of the base's and one of this table's with the same key, which needs no
    /// column here. Said before the columns.
    template <class Base, class V>
    table_map& inherits(const V& identity) {
        return take_base<Base>(detail::identity_value(identity), false);
    }
    /// This table has the base's columns too, and its rows are none of the base's.
    template <class Base>
    table_map& inherits(concrete_table_tag /*said*/) {
        return take_base<Base>({}, true);
    }

    [[nodiscard]] const table_builder& builder() const noexcept { return builder_; }
    [[nodiscard]] reference_target target_of(std::ptrdiff_t offset, const codec& access, std::string_view member) const {
        return builder_.target_of(offset, access, member);
    }
    [[nodiscard]] std::shared_ptr<const mapped_table> build() const { return builder_.build(detail::type_name<T>(), object_type_of<T>()); }

private:
    template <class Base>
    table_map& take_base(value identity, bool is_concrete) {
        static_assert(std::derived_from<T, Base>, "azoth: the struct being mapped does not inherit this one");
        static_assert(
            std::is_polymorphic_v<Base> || !std::is_polymorphic_v<T>,
            "azoth: the struct has virtual functions and its base has none, so that the base is not at its start: give the base a "
            "virtual destructor");
        alignas(T) static constexpr char place[sizeof(T)]{};  // never read
        const auto* object = static_cast<const T*>(static_cast<const void*>(place));
        if (static_cast<const void*>(static_cast<const Base*>(object)) != place)
            detail::throw_base_behind(detail::type_name<T>(), detail::type_name<Base>());
        builder_.set_base({&detail::later_table<Base>, &detail::later_builder<Base>}, std::move(identity), is_concrete);
        return *this;
    }
    /// The offset in T, not in the base that a member may come from.
    template <auto First, auto... Rest>
    static std::ptrdiff_t offset_in() noexcept {
        using first = detail::member_pointer<decltype(First)>;
        const std::ptrdiff_t at = detail::offset_of(static_cast<typename first::value T::*>(First));
        if constexpr (sizeof...(Rest) == 0) return at;
        else return at + detail::member_path<Rest...>::offset();
    }
    template <auto First, auto... Rest>
    static constexpr std::string_view last_name() noexcept {
        if constexpr (sizeof...(Rest) == 0) return detail::member_name<First>();
        else return last_name<Rest...>();
    }
    template <auto Member>
    std::string column_name() const {
        return builder_
            .column_at(offset_in<Member>(), codec_of<typename detail::member_pointer<decltype(Member)>::value>,
                       detail::spelled_member<Member>())
            .spec.name;
    }
    static column_draft start(std::ptrdiff_t offset, const codec& access, std::string_view name, std::string_view member) {
        column_draft draft;
        draft.spec.name = name;
        draft.spec.nullable = access.nullable;
        draft.offset = offset;
        draft.access = &access;
        draft.member = member;
        return draft;
    }

    table_builder builder_;
};

/// A mapped struct's table with all that DDL needs.
template <mapped T>
const mapped_table& mapped_table_of() {
    return static_cast<const mapped_table&>(entity_of<T>());
}

namespace detail {
template <class T>
const mapped_table& later_table() {
    return mapped_table_of<T>();
}
template <class T>
table_builder later_builder() {
    static_assert(mapped<T>, "azoth: the struct is not mapped: specialise az::mapping for it");
    return mapping<T>::map().builder();
}
}  // namespace detail

}  // namespace azoth
