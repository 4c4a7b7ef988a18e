#pragma once

#include <azoth/schema/table_builder.hpp>
#include <azoth/sql/column.hpp>

#include <cstdint>
#include <string>
#include <type_traits>
#include <vector>

namespace azoth::orm {

namespace detail {
struct entity_class;
template <class T>
const entity_class& later_class_of();

/// A member of the class that a relation leads to, or of the one it starts from.
struct member_name {
    std::ptrdiff_t offset{};
    const codec* access{};  ///< null: a relation
    std::string spelled{};
    std::string_view owner{};  ///< the struct that declares it
};

template <auto Member>
member_name name_of_member() {
    using value = typename azoth::detail::member_pointer<decltype(Member)>::value;
    member_name name{azoth::detail::offset_of(Member), nullptr, std::string{azoth::detail::spelled_member<Member>()},
                     azoth::detail::type_name<typename azoth::detail::member_pointer<decltype(Member)>::owner>()};
    if constexpr (storable<value>) name.access = &codec_of<value>;
    return name;
}
/// A mapped struct in a statement: its source, and its columns in the table's order. Empty: the struct's own table.
struct query_side {
    node_ptr source{};
    std::vector<node_ptr> columns{};
};
}  // namespace detail

/// When what a relation leads to is read.
enum class loading : std::uint8_t {
    lazy,       ///< when it is touched, for all objects that were loaded together
    selectin,   ///< by a second query, right behind that of the objects
    joined,     ///< by the same query
    subquery,   ///< by a second query that finds the objects by the first one
    immediate,  ///< right behind the objects, as touching would
    raise,      ///< never by itself: touching it is an error
    none,       ///< never: it is empty until the program fills it
};

/// What a mapping says of a relation: `.relation<&Maintainer::packages>(back_populates<&Package::maintainer>, order_by<&Package::name>)`.
struct relation_description final : azoth::relation_description {
    const detail::entity_class& (*target)(){};
    bool is_many{};
    std::vector<detail::member_name> by{};    ///< our columns that refer, or theirs
    std::vector<detail::member_name> via{};   ///< of the association's struct: the columns that refer to us, and to them
    const entity_info& (*association)(){};    ///< the struct that is mapped to the table between
    std::vector<detail::member_name> back{};  ///< at most one
    std::vector<detail::member_name> overlaps{};
    node_ptr (*condition)(const detail::query_side& owner, const detail::query_side& target){};  ///< in place of keys
    const detail::entity_class& (*condition_owner)(){};
    struct ordering {
        detail::member_name member;
        bool descending;
    };
    std::vector<ordering> order{};
    const void* (*key)(const void* object){};  ///< of a many_map: the member by which it finds an object
    std::string key_name{};                    ///< "Translation::language"
    bool is_write_only{};                      ///< never loaded
    bool cascades_save{true};
    bool cascades_delete{};
    bool deletes_orphans{};
    bool passive_deletes{};
    bool view_only{};
    loading how{};
};

namespace detail {
/// A description with what is said of every kind of relation.
template <class T, bool Many, class... Options>
std::shared_ptr<relation_description> described(const Options&... options) {
    auto said = std::make_shared<relation_description>();
    said->target = &later_class_of<T>;
    said->is_many = Many;
    (options.apply(*said), ...);
    return said;
}
}  // namespace detail

// What can be said of a relation.

/// The other side of the same relation, a member of the related struct: each side follows the other in memory.
template <auto Member>
struct back_populates_option {
    void apply(relation_description& to) const { to.back = {detail::name_of_member<Member>()}; }
};
template <auto Member>
inline constexpr back_populates_option<Member> back_populates{};

/// Other relations write the same columns, and the program sees to it that they do not contradict each other.
template <auto... Members>
struct overlaps_option {
    void apply(relation_description& to) const { to.overlaps = {detail::name_of_member<Members>()...}; }
};
template <auto... Members>
inline constexpr overlaps_option<Members...> overlaps{};

/// Which columns refer, where there are several keys between the two structs: members of the struct that has them, in the key's order.
template <auto... Members>
struct by_option {
    void apply(relation_description& to) const { to.by = {detail::name_of_member<Members>()...}; }
};
template <auto... Members>
inline constexpr by_option<Members...> by{};

/// Many to many: the struct that is mapped to the table between, by its members that refer to us and to them. More members where keys are
/// composite: all of ours first.
template <auto... Members>
struct via_option {
    static_assert(sizeof...(Members) >= 2, "azoth: via<> takes the members that refer to both sides");
    void apply(relation_description& to) const {
        to.via = {detail::name_of_member<Members>()...};
        to.association = &association<Members...>;
    }

private:
    template <auto First, auto...>
    static const entity_info& association() {
        return entity_of<typename azoth::detail::member_pointer<decltype(First)>::owner>();
    }
};
template <auto... Members>
inline constexpr via_option<Members...> via{};

/// In which order a collection is read.
template <auto Member>
struct order_by_option {
    bool is_descending{};
    void apply(relation_description& to) const { to.order.push_back({detail::name_of_member<Member>(), is_descending}); }
    [[nodiscard]] constexpr order_by_option desc() const noexcept { return {true}; }
};
template <auto Member>
inline constexpr order_by_option<Member> order_by{};

/// What is done to an object is done to those that it is related to. An object that is added takes its related ones along, unless
/// `no_cascade` is said.
struct cascade_option {
    bool save;
    bool remove;
    bool orphans;
    bool is_passive{};
    void apply(relation_description& to) const {
        to.cascades_save = save;
        to.cascades_delete = remove;
        to.deletes_orphans = orphans;
        to.passive_deletes = is_passive;
    }
    /// The database deletes the rows itself (ON DELETE CASCADE): what is not loaded is left to it.
    [[nodiscard]] constexpr cascade_option passive() const noexcept { return {save, remove, orphans, true}; }
};
inline constexpr cascade_option no_cascade{false, false, false};
inline constexpr cascade_option cascade_delete{true, true, false};
/// Also what is taken out of the collection is deleted.
inline constexpr cascade_option cascade_all_delete_orphan{true, true, true};

struct view_only_option {
    static void apply(relation_description& to) { to.view_only = true; }
};
/// Read, never written.
inline constexpr view_only_option view_only{};

template <class Owner, class Target, class F>
struct on_option {
    void apply(relation_description& to) const {
        to.condition = &make;
        to.condition_owner = &detail::later_class_of<Owner>;
        to.view_only = true;
    }

private:
    static node_ptr make(const detail::query_side& owner, const detail::query_side& target) {
        return F{}(alias_of<Owner>{owner.source, owner.columns}, alias_of<Target>{target.source, target.columns}).node();
    }
};
/// A relation by a condition of the program's own, in place of a key; it is read and never written:
/// `on<User, Order>([](const auto& user, const auto& order) { return order[&Order::user_id] == user[&User::id] && ...; })`.
template <class Owner, class Target, class F>
[[nodiscard]] constexpr on_option<Owner, Target, F> on(F) {
    static_assert(std::is_empty_v<F>, "azoth: the condition of a relation is made by a lambda that captures nothing");
    return {};
}

struct loading_option {
    loading how;
    void apply(relation_description& to) const { to.how = how; }
};
/// How it is loaded where a query does not say.
[[nodiscard]] constexpr loading_option load(loading how) noexcept { return {how}; }

namespace detail {
template <class T, bool Many, class... Options>
std::shared_ptr<const azoth::relation_description> describe(const Options&... options) {
    return described<T, Many>(options...);
}
}  // namespace detail

}  // namespace azoth::orm
