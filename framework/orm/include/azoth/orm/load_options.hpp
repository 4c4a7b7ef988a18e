#pragma once

#include <azoth/orm/relation_description.hpp>
#include <azoth/sql/select.hpp>

#include <memory>
#include <vector>

namespace azoth::orm {

namespace detail {
/// A relation of a query's entities, and relations of what that leads to.
struct load_step {
    member_name relation{};
    loading how{};
};
}  // namespace detail

/// How a query loads relations: `.options(selectinload<&Order::lines>)`; of a path: `selectinload<&Order::lines, &Line::product>`.
struct load_path final : statement_option {
    std::vector<detail::load_step> steps{};
};

namespace detail {
template <loading How, auto... Members>
std::shared_ptr<const statement_option> path_of() {
    static const std::shared_ptr<const statement_option> path = [] {
        auto made = std::make_shared<load_path>();
        (made->steps.push_back({name_of_member<Members>(), How}), ...);
        return made;
    }();
    return path;
}
template <loading How, auto... Members>
struct load_option {
    [[nodiscard]] std::shared_ptr<const statement_option> option() const { return path_of<How, Members...>(); }
};
}  // namespace detail

/// By a second query for all objects of the first, right behind it.
template <auto... Members>
inline constexpr detail::load_option<loading::selectin, Members...> selectinload{};
/// By the same query, where the relation leads to one object; a collection is loaded as by selectinload.
template <auto... Members>
inline constexpr detail::load_option<loading::joined, Members...> joinedload{};
/// When it is touched, for all objects of the query together, whatever the mapping says.
template <auto... Members>
inline constexpr detail::load_option<loading::lazy, Members...> lazyload{};
/// Never: touching it throws interface_error (misuse).
template <auto... Members>
inline constexpr detail::load_option<loading::raise, Members...> raiseload{};
/// Never: it is empty.
template <auto... Members>
inline constexpr detail::load_option<loading::none, Members...> noload{};

}  // namespace azoth::orm
