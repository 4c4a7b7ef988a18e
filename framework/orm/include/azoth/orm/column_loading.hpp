#pragma once

#include <azoth/orm/deferred.hpp>
#include <azoth/orm/relation_description.hpp>
#include <azoth/sql/nodes/select.hpp>

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace azoth::orm {

namespace detail {
/// What a query reads of one of its entities' deferred members.
struct column_loading final : statement_option {
    enum class ways : std::uint8_t { defer, undefer, only };
    const entity_class& (*of)(){};
    ways way{};
    std::vector<member_name> members{};
    std::string group{};  ///< in place of members
};

template <class T>
struct column_load_option {
    std::shared_ptr<const column_loading> said;
    [[nodiscard]] std::shared_ptr<const statement_option> option() const { return said; }
};

template <column_loading::ways Way, auto First, auto... Rest>
std::shared_ptr<const statement_option> column_loading_of() {
    using owner = typename azoth::detail::member_pointer<decltype(First)>::owner;
    static_assert(is_deferred_v<typename azoth::detail::member_pointer<decltype(First)>::value> &&
                      (is_deferred_v<typename azoth::detail::member_pointer<decltype(Rest)>::value> && ...),
                  "azoth: only members of type az::orm::deferred<T> can be left unread; the others are always read with their object");
    static const std::shared_ptr<const statement_option> made = [] {
        auto said = std::make_shared<column_loading>();
        said->of = &later_class_of<owner>;
        said->way = Way;
        said->members = {name_of_member<First>(), name_of_member<Rest>()...};
        return said;
    }();
    return made;
}
template <column_loading::ways Way, auto... Members>
struct column_option_of {
    [[nodiscard]] std::shared_ptr<const statement_option> option() const { return column_loading_of<Way, Members...>(); }
};
}  // namespace detail

// For the entities that a query selects; what it loads along relations is read as the mapping says.

/// Leaves these out; they are read when they are touched.
template <auto... Members>
inline constexpr detail::column_option_of<detail::column_loading::ways::defer, Members...> defer{};
/// Reads these with the objects: `.options(undefer<&Article::text>)`.
template <auto... Members>
inline constexpr detail::column_option_of<detail::column_loading::ways::undefer, Members...> undefer{};
/// Reads these, and no other deferred member.
template <auto... Members>
inline constexpr detail::column_option_of<detail::column_loading::ways::only, Members...> load_only{};
/// Reads all of a group with the objects: `.options(undefer_group<Article>("texts"))`.
template <mapped T>
[[nodiscard]] detail::column_load_option<T> undefer_group(std::string name) {
    auto said = std::make_shared<detail::column_loading>();
    said->of = &detail::later_class_of<T>;
    said->way = detail::column_loading::ways::undefer;
    said->group = std::move(name);
    return {std::move(said)};
}

}  // namespace azoth::orm
