#pragma once

#include <azoth/orm/many_map.hpp>
#include <azoth/orm/relation.hpp>
#include <azoth/orm/write_only.hpp>
#include <azoth/sql/select.hpp>

#include <type_traits>
#include <utility>
#include <vector>

namespace azoth::orm {

namespace detail {

/// The struct that a relation leads to.
template <class V>
struct related_struct {
    static_assert(azoth::detail::is_relation<V>, "azoth: not a relation: those are members of type az::orm::one<T> or az::orm::many<T>");
};
template <class T>
struct related_struct<one<T>> {
    using type = T;
    static constexpr bool is_many = false;
    static constexpr bool is_loadable = true;
};
template <class T>
struct related_struct<many<T>> {
    using type = T;
    static constexpr bool is_many = true;
    static constexpr bool is_loadable = true;
};
template <class K, class T>
struct related_struct<many_map<K, T>> : related_struct<many<T>> {};
template <class T>
struct related_struct<write_only<T>> {
    using type = T;
    static constexpr bool is_many = true;
    static constexpr bool is_loadable = false;
};
template <auto Member>
struct related {
    using pointer = azoth::detail::member_pointer<decltype(Member)>;
    using owner = typename pointer::owner;
    using target = typename related_struct<typename pointer::value>::type;
    static constexpr bool is_many = related_struct<typename pointer::value>::is_many;
    static constexpr bool is_loadable = related_struct<typename pointer::value>::is_loadable;
};

template <class E>
query_side side_of(const E& e) {
    return {e.source(), e.columns()};
}

AZOTH_API std::vector<join_item> joins_along(const entity_class& of, const member_name& relation, const query_side& from,
                                             const query_side& to, join_kind kind);
/// EXISTS of a related row that meets the conditions.
AZOTH_API node_ptr exists_along(const entity_class& of, const member_name& relation, const query_side& from, const query_side& to,
                                std::vector<node_ptr> conditions);

template <class E, class T>
consteval void check_side() {
    if constexpr (!entity_source<E>)
        static_assert(entity_source<E>, "azoth: a relation leads from a struct, or an alias of one, to another");
    else static_assert(std::same_as<typename E::entity_type, T>, "azoth: the relation has another struct on this side");
}

}  // namespace detail

/// A relation between two sources of a statement. A value.
template <auto Member>
class relation_path {
    using related = detail::related<Member>;

public:
    relation_path(detail::query_side from, detail::query_side to) : from_{std::move(from)}, to_{std::move(to)} {}
    template <class E>
    [[nodiscard]] relation_path from(const E& owner) const {
        detail::check_side<E, typename related::owner>();
        return {detail::side_of(owner), to_};
    }
    template <class E>
    [[nodiscard]] relation_path to(const E& target) const {
        detail::check_side<E, typename related::target>();
        return {from_, detail::side_of(target)};
    }
    [[nodiscard]] std::vector<join_item> joins(join_kind kind) const {
        return detail::joins_along(detail::class_of<typename related::owner>(), detail::name_of_member<Member>(), from_, to_, kind);
    }

private:
    detail::query_side from_;
    detail::query_side to_;
};

namespace detail {
template <auto Member>
struct along_of {
    template <class E>
    [[nodiscard]] relation_path<Member> from(const E& owner) const {
        return relation_path<Member>{{}, {}}.from(owner);
    }
    template <class E>
    [[nodiscard]] relation_path<Member> to(const E& target) const {
        return relation_path<Member>{{}, {}}.to(target);
    }
    [[nodiscard]] std::vector<join_item> joins(join_kind kind) const { return relation_path<Member>{{}, {}}.joins(kind); }
};
}  // namespace detail

/// What a query joins by a relation's columns: `select<Author>().join(along<&Author::books>)`, `outer_join(...)`; with aliases on either
/// side: `along<&Folder::children>.from(a).to(b)`. Of many to many, the table between is joined too.
template <auto Member>
inline constexpr detail::along_of<Member> along{};

namespace detail {

/// A condition, or a function that makes one of the related struct's alias.
template <class T, class C>
inline constexpr bool makes_condition_v = std::is_invocable_v<const C&, const alias_of<T>&>;

template <auto Member, class... C>
expr<bool> exists_related(const query_side& from, const C&... conditions) {
    using target = typename related<Member>::target;
    const entity_class& of = class_of<typename related<Member>::owner>();
    if constexpr ((makes_condition_v<target, C> || ...)) {
        static_assert((makes_condition_v<target, C> && ...),
                      "azoth: give conditions, or functions of the related struct's alias, not both");
        const alias_of<target> other{std::string_view{}};
        return expr<bool>{exists_along(of, name_of_member<Member>(), from, side_of(other), {conditions(other).node()...})};
    } else {
        azoth::detail::check_conditions<C...>();
        return expr<bool>{exists_along(of, name_of_member<Member>(), from, {}, {conditions.node()...})};
    }
}

template <auto Member>
struct any_of_relation {
    static_assert(related<Member>::is_many, "azoth: any<> and none<> ask of a collection: has<> asks of a relation to one object");
    template <class... C>
    [[nodiscard]] expr<bool> operator()(const C&... conditions) const {
        return exists_related<Member>({}, conditions...);
    }
    /// Of an alias of the struct that has the relation.
    template <class E, class... C>
    [[nodiscard]] expr<bool> from(const E& owner, const C&... conditions) const {
        check_side<E, typename related<Member>::owner>();
        return exists_related<Member>(side_of(owner), conditions...);
    }
};
template <auto Member>
struct has_of_relation {
    static_assert(!related<Member>::is_many, "azoth: has<> asks of a relation to one object: any<> asks of a collection");
    template <class... C>
    [[nodiscard]] expr<bool> operator()(const C&... conditions) const {
        return exists_related<Member>({}, conditions...);
    }
    template <class E, class... C>
    [[nodiscard]] expr<bool> from(const E& owner, const C&... conditions) const {
        check_side<E, typename related<Member>::owner>();
        return exists_related<Member>(side_of(owner), conditions...);
    }
};
template <auto Member>
struct none_of_relation {
    template <class... C>
    [[nodiscard]] expr<bool> operator()(const C&... conditions) const {
        return !exists_related<Member>({}, conditions...);
    }
    template <class E, class... C>
    [[nodiscard]] expr<bool> from(const E& owner, const C&... conditions) const {
        check_side<E, typename related<Member>::owner>();
        return !exists_related<Member>(side_of(owner), conditions...);
    }
};

}  // namespace detail

/// Whether one of the related objects meets the conditions: `any<&Author::books>(col<&Book::title> == "Notes")`. A struct that is related
/// to itself takes a function: `any<&Folder::children>([](const auto& child) { return child[&Folder::name] == "bin"; })`.
template <auto Member>
inline constexpr detail::any_of_relation<Member> any{};
/// The same of a relation to one object: `has<&Book::author>(col<&Author::name> == "Ada")`; without conditions, whether there is one.
template <auto Member>
inline constexpr detail::has_of_relation<Member> has{};
/// The opposite of both: no related object meets the conditions, or there is none at all.
template <auto Member>
inline constexpr detail::none_of_relation<Member> none{};

}  // namespace azoth::orm
